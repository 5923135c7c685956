/** A name that is being typed: where its `@` stands, and what follows it up to the caret. */
export interface Naming {
  readonly at: number
  readonly prefix: string
}

/** What is typed before the caret, if it begins to name somebody. An address such as a@b names nobody. */
export function namingAt(text: string, caret: number): Naming | undefined {
  const found = /(?:^|[^\w@/.-])@([\w-]{0,30})$/.exec(text.slice(0, caret))
  const prefix = found?.[1]
  return prefix === undefined ? undefined : { at: caret - prefix.length - 1, prefix }
}

/** The text with the name written out, and where the caret stands then. */
export function complete(text: string, caret: number, { at }: Naming, username: string) {
  const rest = text.slice(caret)
  const written = `${text.slice(0, at)}@${username}${/^\s/.test(rest) ? '' : ' '}`
  return { text: written + rest, caret: written.length + (/^\s/.test(rest) ? 1 : 0) }
}
