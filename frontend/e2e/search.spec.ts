import { expectAccessible } from './support/axe'
import { known, unique, type Api, type Post } from './support/api'
import { reach } from './support/keyboard'
import { expectSoon } from './support/soon'
import { expect, test, type Page } from './support/test'

/** A word that is in no other text, in letters alone, and with an end that no language takes for one of its own. */
const newWord = (): string => `q${unique().replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')}k`

const words = (page: Page) => page.getByRole('searchbox', { name: 'Words to look for' })
const results = (page: Page) => page.getByRole('list', { name: 'Results' })
const result = (page: Page, title: string) => results(page).getByRole('link', { name: title })

/** The index follows what is written, a moment later. */
const whenFound = (api: Api, query: string, count = 1) =>
  expect
    .poll(() => api.found(query), { message: `what is found by ${query}`, timeout: 20_000 })
    .toHaveLength(count)

async function publish(api: Api, word: string, more: { tags?: string[] } = {}): Promise<Post> {
  const author = await api.as(known('author'))
  const post = await author.publish({ title: `On ${word}`, body: `A ${word} hung by the door.`, ...more })
  await whenFound(api, word)
  return post
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the form answers what is found, and marks it', async ({ page, api, complaints }) => {
    // A browser without scripts counts them as refused.
    complaints.expect(/\.js csp$/)
    const word = newWord()
    const { slug, title } = await publish(api, word)

    await page.goto('/search')
    await words(page).fill(word)
    await page.getByRole('button', { name: 'Search', exact: true }).click()

    await expect(page).toHaveURL(`/search?q=${word}`)
    await expect(words(page)).toHaveValue(word)
    const found = results(page).getByRole('article')
    await expect(found).toHaveCount(1)
    await expect(found.locator('mark')).toHaveText([word, word])
    await result(page, title).click()
    await expect(page).toHaveURL(new RegExp(`/posts/${slug}$`))
  })

  test('more results are a link away', async ({ page, complaints }) => {
    complaints.expect(/\.js csp$/)
    await page.goto('/search?q=the')
    const first = await results(page).getByRole('article').first().textContent()
    await page.getByRole('link', { name: 'Show more' }).click()

    await expect(page).toHaveURL(/\/search\?q=the&cursor=/)
    await expect(words(page)).toHaveValue('the')
    await expect(results(page).getByRole('article').first()).toBeVisible()
    expect(await results(page).getByRole('article').first().textContent()).not.toBe(first)
  })

  test('nothing found is said in words, and what was typed stays text', async ({ page, complaints }) => {
    complaints.expect(/\.js csp$/)
    const hostile = `"><script>document.title='taken'</script>${newWord()}`
    await page.goto(`/search?q=${encodeURIComponent(hostile)}`)
    await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
    await expect(words(page)).toHaveValue(hostile)
    await expect(page).toHaveTitle(/script.* – Search/)
  })
})

test('results come as one types, and the keys lead to them', async ({ page, api }) => {
  const word = newWord()
  const { slug, title } = await publish(api, word)
  await page.goto('/search')
  await expect(words(page)).toBeFocused()

  await words(page).pressSequentially(word.slice(0, 7))
  await expect(result(page, title)).toBeVisible()
  await expect(page).toHaveURL(`/search?q=${word.slice(0, 7)}`)
  await expect(page.getByText('1 result', { exact: true }).first()).toBeVisible()

  await page.keyboard.press('ArrowDown')
  await expect(result(page, title)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(words(page)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/posts/${slug}$`))
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()

  await page.goBack()
  await expect(words(page)).toHaveValue(word.slice(0, 7))
  await expect(result(page, title)).toBeVisible()
})

test('tag: and author: narrow what is found, and stand in the address', async ({ page, api }) => {
  const word = newWord()
  const author = await api.as(known('author'))
  const editor = await api.as(known('editor'))
  const tag = `tag-${unique()}`
  await author.publish({ title: `Tagged ${word}`, body: 'One.', tags: [tag] })
  await author.publish({ title: `Bare ${word}`, body: 'Two.' })
  await editor.publish({ title: `Other ${word}`, body: 'Three.' })
  await whenFound(api, word, 3)

  await page.goto(`/search?q=${encodeURIComponent(`${word} tag:${tag}`)}`)
  await expect(words(page)).toHaveValue(`${word} tag:${tag}`)
  await expect(results(page).getByRole('article')).toHaveCount(1)
  await expect(result(page, `Tagged ${word}`)).toBeVisible()

  await words(page).fill(`${word} author:${known('editor').username}`)
  await expect(result(page, `Other ${word}`)).toBeVisible()
  await expect(results(page).getByRole('article')).toHaveCount(1)
  const { searchParams } = new URL(page.url())
  expect(searchParams.get('q')).toBe(`${word} author:${known('editor').username}`)

  await page.reload()
  await expect(result(page, `Other ${word}`)).toBeVisible()
  await expect(results(page).getByRole('article')).toHaveCount(1)
})

test('nothing found says so, and hostile words do nothing', async ({ page }) => {
  const hostile = [
    '<script>document.title="taken"</script>',
    '<img src=x onerror="document.title=\'taken\'">',
    `') OR 1=1; --`,
    '"(((* NEAR AND -: tag: author:"" before:9999-99-99 {{7*7}} \u202e',
  ]
  await page.goto('/search')
  for (const text of hostile) {
    const typed = `${newWord()} ${text}`
    await words(page).fill(typed)
    await words(page).press('Enter')
    await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
    await expect(words(page)).toHaveValue(typed)
    await expect(page).not.toHaveTitle('taken')
  }
  await expect(page.locator('main script, main img')).toHaveCount(0)
})

test('comments have a tab of their own, which leads to them', async ({ page, api }) => {
  const word = newWord()
  const { slug, title } = await publish(api, word)
  const reader = await api.as(await api.register())
  const comment = await reader.comment(slug, `I have a ${word} as well.`)
  await whenFound(api, word, 2)

  await page.goto(`/search?q=${word}`)
  await expect(results(page).getByRole('article')).toHaveCount(2)
  await page.getByRole('link', { name: 'Comments', exact: true }).click()
  await expect(page).toHaveURL(`/search?q=${word}&type=comments`)
  await expect(results(page).getByRole('article')).toHaveCount(1)
  await expect(results(page).locator('mark')).toContainText([word])

  await reach(page, result(page, `Comment on On ${word}`))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/posts/${slug}#comment-${comment.id}$`))
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.locator(`#comment-${comment.id}`)).toBeInViewport()
})

test('what is published or said is found soon, and what is taken back no longer', async ({ page, api }) => {
  const word = newWord()
  await page.goto(`/search?q=${word}`)
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()

  const author = await api.as(known('author'))
  const post = await author.publish({ title: `On ${word}`, body: 'Fresh.' })
  await expectSoon(page, result(page, `On ${word}`))
  const reader = await api.as(await api.register())
  await reader.comment(post.slug, `More of the ${word}!`)
  await whenFound(api, word, 2)
  await page.goto(`/search?q=${word}&type=comments`)
  await expect(result(page, `Comment on On ${word}`)).toBeVisible()

  await author.unpublish(post.slug)
  await whenFound(api, word, 0)
  await page.goto(`/search?q=${word}&type=posts`)
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on a phone, ${colorScheme}`, async ({ page, api }) => {
    const word = newWord()
    const { title } = await publish(api, word)
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/search')
    await expectAccessible(page)
    await words(page).fill(word)
    await expect(result(page, title)).toBeVisible()
    await expectAccessible(page)
    await words(page).fill(newWord())
    await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
}
