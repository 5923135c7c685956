/** The kinds of picture files that the server takes. */
export const pictureTypes: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
]

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

/** A small picture of the file as a `data:` address; empty where the browser can't read it. `width` in pixels. */
export async function thumbnailOf(file: File, width = 640): Promise<string> {
  if (!('createImageBitmap' in window)) return ''
  try {
    const whole = await createImageBitmap(file)
    const scale = Math.min(1, width / whole.width)
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(whole.width * scale))
    canvas.height = Math.max(1, Math.round(whole.height * scale))
    canvas.getContext('2d')?.drawImage(whole, 0, 0, canvas.width, canvas.height)
    whole.close()
    return canvas.toDataURL('image/webp', 0.8)
  } catch {
    return ''
  }
}
