import { known, unique } from './support/api'
import { expect, test, type Page } from './support/test'

/** A letter of each alphabet that the typeface has. */
const alphabets = { Latin: 'a', European: 'ł', extended: 'ḥ', Greek: 'Ω', Cyrillic: 'Д' }
const styles = ['normal 400', 'normal 600', 'normal 700', 'italic 400', 'italic 600', 'italic 700']

const body = `Żółw and Łódź beside words.

Ελληνικά beside words.

Русский beside words.

*Żółw and Łódź beside words.*

*Ελληνικά and Русский.*

***Żółw, Ελληνικά and Русский.***
`

/** Publishes a post, and answers its address. */
type Publish = (text: string) => Promise<string>

const it = test.extend<{ publish: Publish }>({
  publish: async ({ api }, use) => {
    const author = await api.as(known('author'))
    await use(async (text) => {
      const { slug } = await author.publish({ title: `Letters ${unique()}`, body: text })
      return `/posts/${slug}`
    })
  },
})

/** The fonts that the browser has drawn the text of a post with, other than ours. */
async function strangers(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('DOM.enable')
  await devtools.send('CSS.enable')
  const { root } = await devtools.send('DOM.getDocument', { depth: 0 })
  const selector = '.post-body p, .post-body em, .post-body strong'
  const { nodeIds } = await devtools.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector })
  expect(nodeIds.length, 'elements of the text').toBeGreaterThan(0)
  const drawn = await Promise.all(
    nodeIds.map((nodeId) => devtools.send('CSS.getPlatformFontsForNode', { nodeId })),
  )
  await devtools.detach()
  const fonts = drawn.flatMap((each) => each.fonts)
  expect(fonts.length, 'fonts of the text').toBeGreaterThan(0)
  return fonts.filter(({ isCustomFont }) => !isCustomFont).map(({ familyName }) => familyName)
}

/** Of which letters and style the fonts are that a page fetches, sorted. */
async function fetched(page: Page, address: string): Promise<string[]> {
  const found = new Set<string>()
  page.on('request', (request) => {
    const [, name] = /\/assets\/(?:byline-serif|source-serif-4)-(.+)-.{8}\.woff2$/.exec(request.url()) ?? []
    if (name) found.add(name)
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  // Fonts are asked for once the page is laid out, which this waits for.
  await page.evaluate(async () => void (await document.fonts.ready))
  return [...found].sort()
}

it('has a file for each alphabet in each style', async ({ page }) => {
  await page.goto('/')
  for (const style of styles)
    for (const [alphabet, letter] of Object.entries(alphabets)) {
      const states = await page.evaluate(
        async ([font, text]) => (await document.fonts.load(font, text)).map(({ status }) => status),
        [`${style} 19px "Byline Serif"`, letter] as const,
      )
      expect(new Set(states), `${alphabet}, ${style}`).toEqual(new Set(['loaded']))
    }
})

it('draws every letter and its italic, once it is at hand', async ({ page, publish }) => {
  await page.goto(await publish(body), { waitUntil: 'networkidle' })
  // What comes late waits for the next page.
  await expect(async () => {
    await page.reload({ waitUntil: 'networkidle' })
    expect(await strangers(page)).toEqual([])
  }).toPass()
})

it('fetches no more than a post uses', async ({ page, publish }) => {
  const plain = await publish('Words, *some of them in italics*.')
  expect(await fetched(page, plain)).toEqual(['latin'])
})

for (const [what, text, files] of [
  ['Polish', 'Żółw and Łódź.', ['european', 'latin']],
  ['a dagger', 'Died in 1832 (†).', ['european', 'latin']],
  ['a word in Greek', 'A word: λόγος.', ['greek', 'latin']],
  ['a word in Russian', 'A word: слово.', ['cyrillic', 'latin']],
] as const)
  it(`fetches one file more for ${what}`, async ({ page, publish }) => {
    expect(await fetched(page, await publish(text))).toEqual(files)
  })
