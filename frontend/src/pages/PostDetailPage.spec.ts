import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { shallowRef } from 'vue'

import { headKey, type PageHead } from '@/composables/usePageHead'
import { problem } from '@/test/answers'
import { makePost, makeSite, makeUser } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import PostDetailPage from './PostDetailPage.vue'

it('A post without an excerpt is described by how it begins', async () => {
  const post = makePost({ title: 'To the weir', slug: 'weir', excerpt: '', description: 'Down the lane…' })
  server.use(
    http.get('*/api/v1/posts/weir', () => HttpResponse.json(post)),
    http.get('*/api/v1/posts/weir/*', () => problem(404)),
    http.get('*/api/v1/users/*', () => HttpResponse.json(makeUser())),
    http.get('*/api/v1/site', () => HttpResponse.json(makeSite())),
  )
  const head = shallowRef<() => PageHead>()
  await render(PostDetailPage, { props: { slug: 'weir' }, provide: { [headKey]: head } })

  expect(await screen.findByRole('heading', { level: 1, name: 'To the weir' })).toBeVisible()
  expect(head.value?.()).toMatchObject({ title: 'To the weir', description: 'Down the lane…' })
})
