import type { Answer, Message } from '@/worker/messages'

/** The browser's, where it has any: on plain HTTP it has none. */
const container = (): ServiceWorkerContainer | undefined => navigator.serviceWorker

/** Tells the worker that answers for this page. Without one there is nobody to tell. */
export const tell = (message: Message): void => container()?.controller?.postMessage(message)

/** In milliseconds: a worker that has nothing to say is not waited for. */
const longest = 2_000

/** What the worker knows of this page; undefined without a worker, or where it says nothing. */
export function ask(): Promise<Answer | undefined> {
  const controller = container()?.controller
  if (!controller) return Promise.resolve(undefined)
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), longest)
    port1.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data)
    controller.postMessage({ type: 'ask' } satisfies Message, [port2])
  })
}

/** Hands over what came before there was a worker: the page that is open, the parts and the pictures in it. */
export function handOver(): void {
  const names = performance.getEntriesByType('resource').map(({ name }) => name)
  const files = names.filter((name) => /\/(assets|media)\//.test(name))
  tell({ type: 'keep', document: window.location.href, files })
}
