import { http, HttpResponse } from 'msw'

import { problem } from './answers'
import { server } from './server'

/** What a server that takes uploads has seen; change `fault` to let requests fail. */
export interface TusServer {
  readonly names: string[]
  readonly parts: { from: number; bytes: number }[]
  readonly discarded: string[]
  heads: number
  /** Answers instead of taking the part; `undefined` takes it. */
  fault: (part: number) => Response | undefined
}

const name = (metadata: string | null): string =>
  new TextDecoder().decode(
    Uint8Array.from(atob((metadata ?? '').split(' ')[1] ?? ''), (sign) => sign.charCodeAt(0)),
  )

/** A server that speaks tus and answers the last part with `answer`. */
export function serveTus(answer: (name: string) => Record<string, unknown>): TusServer {
  const seen: TusServer = { names: [], parts: [], discarded: [], heads: 0, fault: () => undefined }
  const files: { name: string; length: number; arrived: number }[] = []
  let asked = 0
  const at = (id: unknown) => files[Number(id)]
  server.use(
    http.post('*/api/v1/images/uploads', ({ request }) => {
      const file = {
        name: name(request.headers.get('Upload-Metadata')),
        length: Number(request.headers.get('Upload-Length')),
        arrived: 0,
      }
      seen.names.push(file.name)
      const location = `/api/v1/images/uploads/${files.push(file) - 1}`
      return new HttpResponse(null, { status: 201, headers: { Location: location } })
    }),
    http.head('*/api/v1/images/uploads/:id', ({ params }) => {
      seen.heads += 1
      const file = at(params.id)
      if (!file) return new HttpResponse(null, { status: 404 })
      return new HttpResponse(null, { headers: { 'Upload-Offset': String(file.arrived) } })
    }),
    http.patch('*/api/v1/images/uploads/:id', async ({ params, request }) => {
      const fault = seen.fault(asked++)
      if (fault) return fault
      const file = at(params.id)
      if (!file) return problem(404)
      const from = Number(request.headers.get('Upload-Offset'))
      if (from !== file.arrived) return problem(409)
      const bytes = (await request.arrayBuffer()).byteLength
      seen.parts.push({ from, bytes })
      file.arrived += bytes
      const headers = { 'Upload-Offset': String(file.arrived) }
      if (file.arrived < file.length) return new HttpResponse(null, { status: 204, headers })
      return HttpResponse.json(answer(file.name), { headers })
    }),
    http.delete('*/api/v1/images/uploads/:id', ({ params }) => {
      seen.discarded.push(String(params.id))
      return new HttpResponse(null, { status: 204 })
    }),
  )
  return seen
}
