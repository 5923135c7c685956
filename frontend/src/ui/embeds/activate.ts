import type { CardLoader, EmbedCard } from '@/lib/embed-cards'

import { providerOf, type Provider } from './providers'

interface Options {
  readonly t: (key: string, named?: Record<string, string>) => string
  readonly cardOf: CardLoader | undefined
}

/** More of them stay links: a text that embeds a whole archive must not ask for all of it. */
const mostCards = 20
const slugs = /^[-_\p{L}\p{N}\p{M}]+$/u

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}

function makeFrame(address: string, title: string): HTMLIFrameElement {
  const frame = element('iframe', 'embed-player')
  frame.title = title
  frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture'
  frame.referrerPolicy = 'strict-origin-when-cross-origin'
  frame.setAttribute(
    'sandbox',
    'allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox',
  )
  frame.src = address
  return frame
}

/** A button that says what will be loaded from whom; until it is pressed, nothing is. */
function showVideo(figure: HTMLElement, provider: Provider, id: string, { t }: Options): void {
  const start = Number(figure.dataset.start) || 0
  const named = { provider: provider.name, host: provider.host }
  const stage = element('div', 'embed-stage')
  const play = element('button', 'embed-play', t('embeds.play', named))
  play.type = 'button'
  play.addEventListener('click', () => {
    const frame = makeFrame(provider.frame(id, start), t('embeds.frame', named))
    stage.replaceChildren(frame)
    frame.focus()
  })
  stage.append(play, element('p', 'embed-note', t('embeds.note', named)))
  const link = element('a', 'embed-link', t('embeds.open', named))
  link.href = provider.page(id, start)
  link.rel = 'noopener'
  figure.replaceChildren(stage, link)
}

function makeCard(card: EmbedCard, { t }: Options): HTMLAnchorElement {
  const link = element('a', 'embed-card')
  link.href = `/posts/${encodeURIComponent(card.slug)}`
  if (card.language) link.lang = card.language
  if (card.cover) {
    const cover = element('img', 'embed-card-cover')
    cover.alt = ''
    cover.decoding = 'async'
    cover.addEventListener('error', () => cover.remove())
    cover.src = card.cover
    link.append(cover)
  }
  const words = element('span', 'embed-card-words')
  words.append(element('strong', 'embed-card-title', card.title))
  if (card.excerpt) words.append(element('span', 'embed-card-excerpt', card.excerpt))
  if (card.byline) words.append(element('span', 'embed-card-byline', t('embeds.by', { name: card.byline })))
  link.append(words)
  return link
}

/** The link stays what it is where readers find no such post, or where it can't be asked for now. */
async function showPost(figure: HTMLElement, slug: string, options: Options): Promise<void> {
  const card = await options.cardOf?.(slug).catch(() => null)
  if (card && figure.isConnected) figure.replaceChildren(makeCard(card, options))
}

/** Turns the embeds of a text into what they stand for. Those that are not what they seem stay the links they hold. */
export function activateEmbeds(root: HTMLElement, options: Options): void {
  let cards = 0
  for (const figure of root.querySelectorAll<HTMLElement>('figure.embed:not([data-ready])')) {
    const { embed = '', id = '' } = figure.dataset
    const provider = providerOf(embed, id)
    figure.dataset.ready = ''
    if (provider) showVideo(figure, provider, id, options)
    else if (embed === 'post' && slugs.test(id) && ++cards <= mostCards) void showPost(figure, id, options)
  }
}
