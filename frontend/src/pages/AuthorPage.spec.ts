import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { shallowRef } from 'vue'

import { headKey, type PageHead } from '@/composables/usePageHead'
import { listOf } from '@/test/answers'
import { makeUser } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import AuthorPage from './AuthorPage.vue'

it.each([
  [0, true],
  [1, false],
])('Somebody with %i posts is kept out of search engines: %s', async (post_count, hidden) => {
  server.use(
    http.get('*/api/v1/users/ada', () => HttpResponse.json(makeUser({ post_count }))),
    http.get('*/api/v1/posts', () => listOf([])),
  )
  const head = shallowRef<() => PageHead>()
  await render(AuthorPage, { props: { username: 'ada' }, provide: { [headKey]: head } })

  expect(await screen.findByRole('heading', { level: 1, name: 'Ada Byron' })).toBeVisible()
  expect(head.value?.().hidden).toBe(hidden)
})
