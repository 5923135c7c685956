import { randomBytes } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

import type { Locator } from './test'

interface Picture {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const length = Buffer.alloc(4)
  const sum = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG of noise, which does not get smaller by compression: three bytes for each pixel. */
export function makePicture(width: number, height: number, name = 'salt pans.png'): Picture {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const rows = Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), randomBytes(width * 3)]))
  const content = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return { name, type: 'image/png', content }
}

/** Lets a file fall onto the middle of an element, or pastes it there, as a person would. */
export async function give(target: Locator, how: 'drop' | 'paste', picture: Picture): Promise<void> {
  const given = { how, name: picture.name, type: picture.type, content: picture.content.toString('base64') }
  await target.evaluate((element, { how, name, type, content }) => {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], name, { type }))
    const { left, top, width, height } = element.getBoundingClientRect()
    const place = { clientX: left + width / 2, clientY: top + Math.min(height, 100) / 2 }
    const common = { bubbles: true, cancelable: true }
    element.dispatchEvent(
      how === 'drop'
        ? new DragEvent('drop', { ...common, ...place, dataTransfer: transfer })
        : new ClipboardEvent('paste', { ...common, clipboardData: transfer }),
    )
  }, given)
}
