/** For a write to something that exists: it succeeds only if nobody changed it since `version` was read. */
export const ifMatch = (version: number): { 'If-Match': string } => ({ 'If-Match': `"${version}"` })

/** For a POST that creates: sending it again with the same key repeats the answer, not the deed. */
export const idempotencyKey = (key: string = newKey()): { 'Idempotency-Key': string } => ({
  'Idempotency-Key': key,
})

/** `crypto.randomUUID` exists only on secure origins; a publication at home may have none. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The `cursor` of a list's `next` or `previous` address. */
export function cursorOf(address: string | null): string | null {
  const cursor = /[?&]cursor=([^&#]*)/.exec(address ?? '')?.[1]
  return cursor === undefined ? null : decodeURIComponent(cursor.replaceAll('+', ' '))
}
