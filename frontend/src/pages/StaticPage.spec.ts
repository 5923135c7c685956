import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { shallowRef } from 'vue'

import { headKey, type PageHead } from '@/composables/usePageHead'
import { makePage } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import StaticPage from './StaticPage.vue'

it('A standing page is described by how it begins', async () => {
  const page = makePage({ title: 'About us', description: 'Who writes here…' })
  server.use(http.get('*/api/v1/pages/about', () => HttpResponse.json(page)))
  const head = shallowRef<() => PageHead>()
  await render(StaticPage, { props: { slug: 'about' }, provide: { [headKey]: head } })

  expect(await screen.findByRole('heading', { level: 1, name: 'About us' })).toBeVisible()
  expect(head.value?.()).toMatchObject({ title: 'About us', description: 'Who writes here…' })
})
