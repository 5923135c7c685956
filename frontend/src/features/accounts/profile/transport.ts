import type { Transport } from '@/api'

function headersOf(xhr: XMLHttpRequest): Headers {
  const headers = new Headers()
  for (const line of xhr
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  return headers
}

/** Sends by XMLHttpRequest, which alone tells how far an upload has come: `onProgress` gets the share, 0 to 1. */
export const withProgress =
  (onProgress: (share: number) => void): Transport =>
  async (request) => {
    const body = await request.arrayBuffer()
    return new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest()
      xhr.open(request.method, request.url)
      xhr.responseType = 'blob'
      request.headers.forEach((value, name) => xhr.setRequestHeader(name, value))
      xhr.upload.addEventListener('progress', ({ loaded, total }) => {
        if (total > 0) onProgress(loaded / total)
      })
      xhr.addEventListener('load', () => {
        const { status, statusText } = xhr
        const content: unknown = xhr.response
        resolve(
          new Response(content instanceof Blob ? content : null, {
            status,
            statusText,
            headers: headersOf(xhr),
          }),
        )
      })
      xhr.addEventListener('error', () => reject(new TypeError('The upload failed.')))
      xhr.addEventListener('abort', () => reject(new TypeError('The upload was given up.')))
      xhr.send(body)
    })
  }
