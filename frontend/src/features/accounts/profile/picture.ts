/** What the server takes for a picture of a person. */
export const accepted: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
]
/** In bytes. */
export const largest = 10 * 1024 * 1024

/** "4.2 MB", as the language writes it. */
export function fileSize(bytes: number, locale: string): string {
  const [unit, size] =
    bytes < 1024 * 1024 ? (['kilobyte', 1024] as const) : (['megabyte', 1024 ** 2] as const)
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 })
  return format.format(bytes / size)
}

/** The file as an address that an image may show; the content policy allows `data:`, not `blob:`. */
export function readImage(file: File): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '')
    reader.onerror = () => resolve('')
    reader.readAsDataURL(file)
  })
}
