/** What a single key does in the queue, in the order in which the list of keys names them. */
export const keys = {
  j: 'next',
  k: 'previous',
  a: 'approve',
  r: 'remove',
  s: 'spam',
  d: 'dismiss',
  e: 'more',
  x: 'select',
  u: 'undo',
  '?': 'help',
} as const

export type Command = (typeof keys)[keyof typeof keys]

/** What letters belong to: whoever types, or chooses from a list, means no command. */
const typing =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], dialog, [role="menu"]'

/** What a key means there, if anything. Keys held down, and those with Ctrl, Alt or Meta, are not ours. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  if (event.repeat && event.key !== 'j' && event.key !== 'k') return undefined
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented)
    return undefined
  const { target } = event
  if (target instanceof Element && target.closest(typing)) return undefined
  if (document.querySelector('dialog[open]')) return undefined
  const name = Object.keys(keys).find((key): key is keyof typeof keys => key === event.key.toLowerCase())
  return name && keys[name]
}
