/** Where videos come from. Their addresses are made here, from an id that is checked again: no text can name a host. */
export interface Provider {
  readonly name: string
  /** The host that a frame is loaded from, as the reader is told before. */
  readonly host: string
  readonly frame: (id: string, start: number) => string
  readonly page: (id: string, start: number) => string
}

interface Known extends Provider {
  readonly id: RegExp
}

const youtube: Known = {
  name: 'YouTube',
  host: 'www.youtube-nocookie.com',
  id: /^[\w-]{11}$/,
  frame: (id, start) =>
    `https://www.youtube-nocookie.com/embed/${id}?autoplay=1${start ? `&start=${start}` : ''}`,
  page: (id, start) => `https://www.youtube.com/watch?v=${id}${start ? `&t=${start}` : ''}`,
}

const vimeo: Known = {
  name: 'Vimeo',
  host: 'player.vimeo.com',
  id: /^\d{4,12}(?:\/[0-9a-f]{6,16})?$/,
  frame: (id) => {
    const [number, hash] = id.split('/')
    return `https://player.vimeo.com/video/${number}?autoplay=1&dnt=1${hash ? `&h=${hash}` : ''}`
  },
  page: (id) => `https://vimeo.com/${id}`,
}

const providers = new Map([
  ['youtube', youtube],
  ['vimeo', vimeo],
])

/** The provider of that kind, if the id could be one of its. */
export function providerOf(kind: string, id: string): Provider | undefined {
  const provider = providers.get(kind)
  return provider?.id.test(id) ? provider : undefined
}
