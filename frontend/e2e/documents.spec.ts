import type { Browser } from '@playwright/test'

import { known, unique, type Api } from './support/api'
import { takenOver } from './support/soon'
import { expect, test, type Page } from './support/test'
import type { Complaints } from './support/watch'

const body = `A paragraph that can be read before any program runs.

## One

${'The lamp is lit, the fog comes in, and nobody answers.\n\n'.repeat(20)}
## Two

And [a link](https://example.org/).
`

async function publish(api: Api): Promise<{ slug: string; name: string }> {
  const author = await api.as(known('author'))
  const name = unique()
  const { slug } = await author.publish({ title: `Document ${name}`, body, tags: [`doc-${name}`] })
  return { slug, name }
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the pages of the publication can be read', async ({ page, api, complaints }) => {
    // A browser without scripts counts them as refused.
    complaints.expect(/\.js csp$/)
    const { slug, name } = await publish(api)
    const title = `Document ${name}`

    await page.goto(`/posts/${slug}`)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await expect(page.getByText('can be read before any program runs')).toBeVisible()

    await page.goto(`/tags/doc-${name}`)
    await page.getByRole('link', { name: title }).click()
    await expect(page).toHaveURL(new RegExp(`/posts/${slug}$`))

    for (const address of ['/', '/archive', `/authors/${known('author').username}`, `/search?q=${name}`]) {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    }
  })
})

test('a post is one request for its document, and none to the API before one does something', async ({
  page,
  api,
}) => {
  const { slug } = await publish(api)
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  page.on('console', (message) => {
    if (/hydrat|Content Security Policy/i.test(message.text())) complaints.push(message.text())
  })

  await page.goto(`/posts/${slug}`, { waitUntil: 'networkidle' })

  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([])
  expect(asked.filter((path) => path.startsWith('/posts/'))).toHaveLength(1)
  expect(complaints).toEqual([])

  await page.mouse.wheel(0, 200)
  await page.locator('#comments').scrollIntoViewIfNeeded()
  await expect.poll(() => asked.some((path) => path.endsWith('/comments'))).toBe(true)
})

/** A page of somebody who was never here before: the program waits so many milliseconds for them; longer than any test. */
async function firstVisit(browser: Browser, complaints: Complaints, patience = 1e9): Promise<Page> {
  const { baseURL, viewport, locale, timezoneId, contextOptions } = test.info().project.use
  const context = await browser.newContext({
    ...contextOptions,
    ...{ baseURL, viewport, locale, timezoneId },
  })
  await context.addInitScript((instead) => {
    const wait = window.setTimeout.bind(window)
    window.setTimeout = ((run: () => void, time?: number) =>
      wait(run, time === 4000 ? instead : time)) as typeof window.setTimeout
  }, patience)
  complaints.listenTo(context)
  return context.newPage()
}

test('nothing moves or flashes while the program takes a document over', async ({
  page,
  browser,
  api,
  complaints,
}) => {
  const { slug } = await publish(api)
  const address = `/posts/${slug}`
  const paper = await firstVisit(browser, complaints)
  // A face that comes too late for the first picture is drawn from the next page on.
  await paper.goto(address, { waitUntil: 'networkidle' })
  await paper.reload({ waitUntil: 'networkidle' })
  const before = await paper.screenshot()
  await paper.context().close()

  await page.addInitScript(() => {
    const marked = globalThis as unknown as { shifted: number }
    marked.shifted = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) marked.shifted += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  await page.reload({ waitUntil: 'networkidle' })
  await takenOver(page)
  expect((await page.screenshot()).equals(before)).toBe(true)
  expect(await page.evaluate(() => (globalThis as unknown as { shifted: number }).shifted)).toBeLessThan(0.01)
})

test('what stands below a post stays while the program learns who is there', async ({
  page,
  context,
  api,
  signedIn,
}) => {
  const { slug } = await publish(api)
  await signedIn(context, known('moderator'))
  await page.addInitScript(() => {
    const seen = { stood: [] as string[], went: [] as string[] }
    Object.assign(globalThis, { seen })
    const parts = ['[aria-label="About the author"]', '.after-reactions [role="group"]', '.discussion']
    const look = (): void => {
      for (const part of parts) {
        const stands = document.querySelector(part) !== null
        if (stands && !seen.stood.includes(part)) seen.stood.push(part)
        if (!stands && seen.stood.includes(part) && !seen.went.includes(part)) seen.went.push(part)
      }
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true })
  })
  const asMember = page.waitForResponse(/include=permissions/)
  await page.goto(`/posts/${slug}`)
  await asMember
  await page.waitForLoadState('networkidle')
  const seen = await page.evaluate(
    () => (globalThis as unknown as { seen: { stood: string[]; went: string[] } }).seen,
  )
  expect(seen.stood).toHaveLength(3)
  expect(seen.went).toEqual([])
})

test.describe('before the program is there', () => {
  test.use({ serviceWorkers: 'block' })

  /** Keeps the program back until what comes of this is called. */
  async function holdProgram(page: Page): Promise<() => void> {
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/assets/*.js', async (route) => {
      await released
      await route.continue()
    })
    return release
  }

  test('it waits for what is seen, and comes by itself', async ({ page, api }) => {
    const { slug } = await publish(api)
    await page.goto(`/posts/${slug}`, { waitUntil: 'domcontentloaded' })
    // An entry is there once what it tells of is at its end.
    const times = await page.waitForFunction(() => {
      const painted = performance.getEntriesByType('paint')[0]
      const asked = performance
        .getEntriesByType('resource')
        .find(({ name }) => name.includes('/assets/index-'))
      return painted && asked && { painted: painted.startTime, asked: asked.startTime }
    })
    const { painted, asked } = (await times.jsonValue()) ?? { painted: Infinity, asked: -Infinity }
    expect(asked).toBeGreaterThan(painted)
  })

  test('it runs when one does something, where one never was before', async ({
    browser,
    api,
    complaints,
  }) => {
    const { slug } = await publish(api)
    const page = await firstVisit(browser, complaints)
    await page.goto(`/posts/${slug}`)
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/assets/index-')),
    )
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => '__vue_app__' in (document.getElementById('app') ?? {}))).toBe(false)
    await page.mouse.move(20, 20)
    await takenOver(page)
    await page.context().close()
  })

  test('it runs by itself after a while', async ({ browser, api, complaints }) => {
    const { slug } = await publish(api)
    const page = await firstVisit(browser, complaints, 100)
    await page.goto(`/posts/${slug}`)
    await takenOver(page)
    await page.context().close()
  })

  test('what one has selected of the text stays selected', async ({ page, api }) => {
    const { slug } = await publish(api)
    const release = await holdProgram(page)
    await page.goto(`/posts/${slug}`, { waitUntil: 'domcontentloaded' })
    const selected = () => page.evaluate(() => String(window.getSelection()))
    await page
      .locator('.post-body p')
      .first()
      .evaluate((paragraph) => window.getSelection()?.selectAllChildren(paragraph))
    const before = await selected()
    expect(before).not.toBe('')

    release()
    await takenOver(page)
    await page.waitForLoadState('networkidle')
    expect(await selected()).toBe(before)
  })

  test('what one presses is pressed again', async ({ page, api }) => {
    const { slug } = await publish(api)
    const release = await holdProgram(page)
    await page.goto(`/posts/${slug}`, { waitUntil: 'domcontentloaded' })
    await page.evaluate(() => Reflect.deleteProperty(Navigator.prototype, 'share'))
    await page.getByRole('button', { name: 'Share' }).click()
    release()
    await expect(page.getByRole('dialog', { name: 'Share this post' })).toBeVisible()
  })

  test('one stays where one has scrolled to', async ({ page }) => {
    const release = await holdProgram(page)
    await page.goto('/posts/how-long-is-a-coast', { waitUntil: 'domcontentloaded' })
    await page.evaluate(() => window.scrollTo(0, 900))
    release()
    await takenOver(page)
    await page.evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn))))
    expect(await page.evaluate(() => window.scrollY)).toBe(900)
  })

  test('what one opens in the header opens', async ({ page }) => {
    const release = await holdProgram(page)
    await page.goto('/', { waitUntil: 'domcontentloaded' })
    const button = page.getByRole('banner').getByRole('button', { expanded: false }).first()
    const name = (await button.textContent()) ?? ''
    await button.click()
    release()
    await expect(page.getByRole('banner').getByRole('button', { expanded: true }), name).toHaveCount(1)
  })

  test('what one types stays, and is looked for', async ({ page, api }) => {
    const { name } = await publish(api)
    const release = await holdProgram(page)
    await page.goto('/search', { waitUntil: 'domcontentloaded' })
    await page.getByRole('searchbox').fill(name)
    release()
    await expect(page.getByRole('link', { name: `Document ${name}` }).first()).toBeVisible()
    await expect(page.getByRole('searchbox')).toHaveValue(name)
  })

  test('what one types is sent, however soon one sends it after', async ({ page, complaints }) => {
    complaints.expect(/\b404\b/)
    // Longer than a person needs from the field to the button, between the program and what is typed again.
    await page.addInitScript(() => {
      const wait = window.setTimeout.bind(window)
      window.setTimeout = ((run: () => void, time?: number) =>
        wait(run, time === 50 ? 5000 : time)) as typeof window.setTimeout
    })
    const release = await holdProgram(page)
    await page.goto('/posts/never-was', { waitUntil: 'domcontentloaded' })
    const field = page.getByRole('main').getByRole('searchbox')
    await field.fill('coast')
    release()
    await expect(field).toHaveValue('')
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL('/search?q=coast')
  })
})

test('what is missing is answered with its status', async ({ request, api }) => {
  const { slug } = await publish(api)
  const statuses: Record<string, number> = {
    '/': 200,
    [`/posts/${slug}`]: 200,
    '/posts/no-such-post': 404,
    '/tags/no-such-tag': 404,
    '/authors/no-such-author': 404,
    '/pages/no-such-page': 404,
    '/archive/2020/13': 404,
    '/archive/1800/01': 404,
    '/nowhere': 404,
  }
  for (const [address, status] of Object.entries(statuses)) {
    expect((await request.get(address)).status(), address).toBe(status)
  }
})

test('the head of a post says what the API says', async ({ request, api }) => {
  const { slug, name } = await publish(api)
  const html = await (await request.get(`/posts/${slug}`)).text()
  const post = (await (await request.get(`/api/v1/posts/${slug}`)).json()) as {
    url: string
    published_at: string
  }

  expect(html).toContain(`<title>Document ${name}`)
  expect(html).toContain(`<link rel="canonical" href="${post.url}">`)
  expect(html).toContain(`<meta property="og:title" content="Document ${name}">`)
  const [, block = '{}'] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? []
  const graph = (JSON.parse(block) as { '@graph': Record<string, unknown>[] })['@graph']
  expect(graph).toContainEqual(
    expect.objectContaining({
      '@type': 'BlogPosting',
      headline: `Document ${name}`,
      url: post.url,
      datePublished: post.published_at,
    }),
  )
})
