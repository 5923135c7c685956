const length = 4

/**
 * The id of a component's scoped styles, from its path: shorter than Vue's own, for it stands in each document some
 * thousand times, and hardly compresses. The browser's build and the server's must name the same.
 */
export function shortIds(): (
  path: string,
  source: string,
  production: boolean | undefined,
  hash: (text: string) => string,
) => string {
  const paths = new Map<string, string>()
  return (path, _source, _production, hash) => {
    const id = parseInt(hash(path), 16).toString(36).slice(-length).padStart(length, '0')
    const other = paths.get(id)
    if (other !== undefined && other !== path)
      throw new Error(`${path} and ${other} have one id: make ids longer.`)
    paths.set(id, path)
    return id
  }
}
