import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { createSSRApp, h, nextTick, ref } from 'vue'
import { createMemoryHistory } from 'vue-router'

import { createI18n } from '@/app/i18n'
import { createRouter } from '@/app/router'
import { cardLoaderKey, type CardLoader } from '@/lib/embed-cards'
import { allMessages } from '@/test/messages'
import { render } from '@/test/render'

import RichText from './RichText.vue'

const show = (html: string) => render(RichText, { props: { html } })

describe('RichText', () => {
  it('copies code and says so', async () => {
    const user = userEvent.setup()
    await show('<pre class="highlight"><code>make run</code></pre>')

    await user.click(screen.getByRole('button', { name: 'Copy' }))

    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await navigator.clipboard.readText()).toBe('make run')
  })

  it('selects the code where the clipboard can’t be had', async () => {
    const user = userEvent.setup()
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('no'))
    await show('<pre><code>make run</code></pre>')

    await user.click(screen.getByRole('button', { name: 'Copy' }))

    await expect.poll(() => window.getSelection()?.toString()).toBe('make run')
    expect(screen.getByRole('button', { name: 'Copy' })).toBeVisible()
  })

  it('follows links within the publication without loading it anew', async () => {
    const { router } = await show('<p><a href="/tags/maps">Maps</a></p>')

    await userEvent.click(screen.getByRole('link', { name: 'Maps' }))

    await expect.poll(() => router.currentRoute.value.fullPath).toBe('/tags/maps')
  })

  it('leaves other addresses and files to the browser', async () => {
    const { router } = await show('<p><a href="/media/a.pdf">File</a></p>')
    const link = screen.getByRole('link', { name: 'File' })
    link.addEventListener('click', (event) => event.preventDefault(), { capture: true })

    await userEvent.click(link)

    expect(router.currentRoute.value.fullPath).toBe('/')
  })
})

describe('a text that the server drew', () => {
  it('stays as it is when it is taken over, and shows what it becomes', async () => {
    const page = document.createElement('div')
    page.innerHTML = '<div class="rich-text" lang="de" dir="auto"><p>Wort</p></div>'
    const drawn = page.querySelector('p')
    const html = ref('<p>Wort</p>')
    const app = createSSRApp({ render: () => h(RichText, { html: html.value, lang: 'de' }) })
    app.use(createI18n('en', { en: allMessages('en'), de: allMessages('de') }))
    app.use(createRouter(createMemoryHistory()))
    app.mount(page)
    expect(page.querySelector('p')).toBe(drawn)

    html.value = '<p>Satz</p>'
    await nextTick()
    expect(page.innerHTML).toBe('<div class="rich-text" lang="de" dir="auto"><p>Satz</p></div>')
  })
})

describe('footnotes', () => {
  const html =
    '<p>So it is<sup class="footnote-ref"><a href="#u-fn1" id="u-fnref1">[1]</a></sup>, they say.</p>' +
    '<section class="footnotes"><ol><li id="u-fn1"><p>Or <b>not</b>. <a href="#u-fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>'
  const sign = () => screen.getByRole('doc-noteref', { name: 'Footnote 1' })

  it('open where one reads, by keyboard too, and close with Escape', async () => {
    const user = userEvent.setup()
    await show(html)

    sign().focus()
    await user.keyboard('{Enter}')

    const note = await screen.findByRole('note', { name: 'Footnote 1' })
    expect(note).toHaveTextContent('Or not.')
    expect(note.querySelector('.footnote-backref, [id]')).toBeNull()
    expect(sign()).toHaveAttribute('aria-expanded', 'true')
    await user.click(screen.getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('note')).toBeNull()
    expect(sign()).toHaveFocus()
    await user.click(sign())
    await screen.findByRole('note')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('note')).toBeNull()
    expect(sign()).toHaveAttribute('aria-expanded', 'false')
  })

  it('are gone to where the text has no such note', async () => {
    const { router } = await show(html.replace('id="u-fn1"', ''))

    await userEvent.click(sign())

    await expect.poll(() => router.currentRoute.value.hash).toBe('#u-fn1')
  })
})

describe('embeds', () => {
  const video = (attributes: string) =>
    show(`<figure class="embed" ${attributes}><a href="https://evil.example/">evil</a></figure>`)
  const card = {
    slug: 'salt',
    title: 'Salt',
    excerpt: 'On patience.',
    byline: 'Ada',
    cover: '',
    language: 'en',
  }
  const showPost = (loader: CardLoader) =>
    render(RichText, {
      props: {
        html: '<figure class="embed" data-embed="post" data-id="salt"><a href="/posts/salt">/posts/salt</a></figure>',
      },
      provide: { [cardLoaderKey as symbol]: loader },
    })

  it('loads a video only when asked to, from the provider that it names', async () => {
    const { container } = await video('data-embed="youtube" data-id="dQw4w9WgXcQ" data-start="90"')
    const play = await screen.findByRole('button', { name: 'Play the video from YouTube' })

    expect(container.querySelector('iframe')).toBeNull()
    expect(screen.getByText(/asks www\.youtube-nocookie\.com/)).toBeVisible()
    expect(screen.getByRole('link', { name: 'Watch it on YouTube' })).toHaveAttribute(
      'href',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90',
    )
    await userEvent.click(play)

    const frame = screen.getByTitle('Video from YouTube')
    expect(frame).toHaveAttribute(
      'src',
      'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&start=90',
    )
    expect(frame.getAttribute('sandbox')).not.toMatch(/top-navigation|forms|modals/)
  })

  it('knows unlisted videos of Vimeo', async () => {
    await video('data-embed="vimeo" data-id="76979871/0a1b2c3d4e"')

    await userEvent.click(await screen.findByRole('button', { name: 'Play the video from Vimeo' }))

    expect(screen.getByTitle('Video from Vimeo')).toHaveAttribute(
      'src',
      'https://player.vimeo.com/video/76979871?autoplay=1&dnt=1&h=0a1b2c3d4e',
    )
  })

  it.each([
    'data-embed="youtube" data-id="x/../../evil"',
    'data-embed="youtube" data-id="76979871"',
    'data-embed="vimeo" data-id="dQw4w9WgXcQ"',
    'data-embed="evil" data-id="dQw4w9WgXcQ"',
    'data-embed="__proto__" data-id="dQw4w9WgXcQ"',
    'data-embed="post" data-id="../../evil"',
    'data-embed="youtube"',
    '',
  ])('leaves %s the link that it is', async (attributes) => {
    const { container } = await video(attributes)
    await vi.waitFor(() => expect(container.querySelector('[data-ready]')).not.toBeNull())

    expect(screen.getByRole('link', { name: 'evil' })).toBeVisible()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('shows another post as a card', async () => {
    await showPost(() => Promise.resolve(card))

    const link = await screen.findByRole('link', { name: /Salt/ })
    expect(link).toHaveAttribute('href', '/posts/salt')
    expect(link).toHaveTextContent('On patience.')
  })

  it.each([
    ['is gone', () => Promise.resolve(null)],
    ['can’t be asked for', () => Promise.reject(new Error('offline'))],
  ])('keeps the link of a post that %s', async (_, loader) => {
    const asked = vi.fn<CardLoader>(loader)
    await showPost(asked)
    await vi.waitFor(() => expect(asked).toHaveBeenCalledWith('salt'))

    expect(screen.getByRole('link', { name: '/posts/salt' })).toHaveAttribute('href', '/posts/salt')
  })
})
