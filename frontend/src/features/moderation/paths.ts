/** The part of an address of this site that the router knows. */
export function pathOf(url: string): string {
  const { pathname, search, hash } = new URL(url, window.location.origin)
  return `${pathname}${search}${hash}`
}
