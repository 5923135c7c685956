export interface Head {
  readonly title?: string
  readonly description?: string
  readonly canonical?: string
  readonly image?: string
  readonly type?: string
  /** Keeps the page out of search engines, and its address with it. */
  readonly hidden?: boolean
  /** Keeps it out of them under its own address: it lies further back in a list. */
  readonly furtherBack?: boolean
}

/** The element of the document's head that has this attribute, made where there is none; no value removes it. */
function put(
  name: string,
  which: string,
  value: string | false | undefined,
  tag = 'meta',
  attribute = 'content',
) {
  const found = document.head.querySelector(`${tag}[${name}="${which}"]`)
  if (!value) {
    found?.remove()
    return
  }
  const element = found ?? document.head.appendChild(document.createElement(tag))
  element.setAttribute(name, which)
  element.setAttribute(attribute, value)
}

/** Says in the document's head what the page is. What the server put there for the first page is taken over. */
export function setHead({
  title,
  description,
  canonical,
  image,
  type = 'website',
  hidden,
  furtherBack,
}: Head): void {
  const url = !hidden && canonical
  if (title) document.title = title
  put('rel', 'canonical', url, 'link', 'href')
  put('name', 'robots', (hidden || furtherBack) && 'noindex')
  put('name', 'description', description)
  for (const [name, value] of Object.entries({ title, description, image, type, url }))
    put('property', `og:${name}`, value)
}
