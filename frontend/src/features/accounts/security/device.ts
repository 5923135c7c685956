/** In the order they are looked for: an iPhone says "Mac OS X" as well, and Android says "Linux". */
const devices: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]

/** A first name for a passkey that is made here, from how the browser calls itself; empty when that says nothing. */
export const thisDevice = (userAgent: string): string =>
  devices.find(([pattern]) => pattern.test(userAgent))?.[1] ?? ''
