export interface Head {
  readonly title?: string
  readonly description?: string
  readonly canonical?: string
  readonly robots?: string
  readonly image?: string
  readonly type?: string
}

/** The element of the document's head that `selector` finds, made where there is none; null removes it. */
function put(
  tag: 'meta' | 'link',
  key: readonly [string, string],
  attribute: string,
  value: string | undefined,
) {
  const [name, which] = key
  const found = document.head.querySelector(`${tag}[${name}="${which}"]`)
  if (!value) {
    found?.remove()
    return
  }
  const element = found ?? document.createElement(tag)
  element.setAttribute(name, which)
  element.setAttribute(attribute, value)
  if (!found) document.head.append(element)
}

/** Says in the document's head what the page is. What the server put there for the first page is taken over. */
export function setHead(head: Head): void {
  if (head.title) document.title = head.title
  put('meta', ['name', 'description'], 'content', head.description)
  put('meta', ['name', 'robots'], 'content', head.robots)
  put('link', ['rel', 'canonical'], 'href', head.canonical)
  put('meta', ['property', 'og:title'], 'content', head.title)
  put('meta', ['property', 'og:description'], 'content', head.description)
  put('meta', ['property', 'og:image'], 'content', head.image)
  put('meta', ['property', 'og:type'], 'content', head.type)
}
