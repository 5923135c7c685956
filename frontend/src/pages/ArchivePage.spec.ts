import { screen } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { shallowRef } from 'vue'

import { headKey, type PageHead } from '@/composables/usePageHead'
import { listOf } from '@/test/answers'
import { makePostSummary, makeSite } from '@/test/factories'
import { render } from '@/test/render'
import { server } from '@/test/server'

import ArchivePage from './ArchivePage.vue'

async function open(year: string, month: string | undefined, titles: string[]) {
  server.use(
    http.get('*/api/v1/posts', () => listOf(titles.map((title) => makePostSummary({ title })))),
    http.get('*/api/v1/site', () => HttpResponse.json(makeSite())),
  )
  const head = shallowRef<() => PageHead>()
  await render(ArchivePage, { props: { year, month }, provide: { [headKey]: head } })
  return () => head.value?.()
}

it('A month says what it is, also to those who don’t see it', async () => {
  const head = await open('2013', '01', ['To the weir'])

  expect(await screen.findByRole('link', { name: 'To the weir' })).toBeVisible()
  expect(head()).toMatchObject({
    title: 'January 2013',
    description: 'What The Quiet Hour published in January 2013, the newest first.',
    hidden: false,
    missing: false,
  })
})

it.each([
  ['1800', '01'],
  ['1800', undefined],
])('There is no page of a time in which nothing was published: %s %s', async (year, month) => {
  const head = await open(year, month, [])

  expect(await screen.findByText('Nothing was published then')).toBeVisible()
  expect(head()).toMatchObject({ hidden: true, missing: true })
  expect(head()?.description).toBeUndefined()
})
