import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { shallowRef } from 'vue'

import { headKey, type PageHead } from '@/composables/usePageHead'
import { listOf } from '@/test/answers'
import { makeSite } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import HomePage from './HomePage.vue'

const url = 'https://byline.example'

async function headAt(at: string): Promise<() => PageHead | undefined> {
  server.use(
    http.get('*/api/v1/site', () => HttpResponse.json(makeSite({ url }))),
    http.get('*/api/v1/:lists', () => listOf([])),
  )
  const head = shallowRef<() => PageHead>()
  await render(HomePage, { at, provide: { [headKey]: head } })
  await expect.poll(() => head.value?.().title).toBeTruthy()
  return () => head.value?.()
}

it.each([
  ['/?tag=caf%C3%A9', '/tags/caf%C3%A9'],
  ['/?category=craft', '/categories/craft'],
])('What one filter leaves at %s is at home at %s', async (at, home) => {
  expect((await headAt(at))()).toMatchObject({ canonical: url + home, hidden: false })
})

it.each(['/?tag=maps&category=craft', '/?tag=maps&cursor=WzFd'])(
  'What is found nowhere else is kept out of search engines: %s',
  async (at) => {
    expect((await headAt(at))()?.hidden).toBe(true)
  },
)

it('The front page is where it is', async () => {
  const head = (await headAt('/'))()
  expect(head?.hidden).toBe(false)
  expect(head?.canonical).toBeFalsy()
})
