import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { line, offerUpdate } from './line'
import { mayReload, startWorker } from './updates'

class Worker extends EventTarget {
  state = 'installing'
  postMessage = vi.fn()
  become(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

class Registration extends EventTarget {
  waiting: Worker | null = null
  installing: Worker | null = null
  update = vi.fn().mockResolvedValue(undefined)
}

class Container extends EventTarget {
  controller: Worker | null = null
  readonly registration = new Registration()
  register = vi.fn().mockResolvedValue(this.registration)
}

let container: Container
const reload = vi.fn()

beforeEach(() => {
  container = new Container()
  vi.stubGlobal('navigator', { onLine: true, serviceWorker: container })
  reload.mockReset()
  offerUpdate(undefined)
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

function newVersion(): Worker {
  const worker = new Worker()
  container.registration.installing = worker
  container.registration.dispatchEvent(new Event('updatefound'))
  worker.become('installed')
  return worker
}

describe('startWorker', () => {
  it('says nothing at the first visit, and hands over what came before', async () => {
    await startWorker(reload)
    newVersion()
    container.controller = new Worker()
    container.dispatchEvent(new Event('controllerchange'))
    expect(line.update).toBeUndefined()
    expect(reload).not.toHaveBeenCalled()
    expect(container.controller.postMessage).toHaveBeenCalledWith(expect.objectContaining({ type: 'keep' }))
  })

  it('tells of a new version, which waits until it is asked for', async () => {
    container.controller = new Worker()
    await startWorker(reload)
    const worker = newVersion()
    expect(worker.postMessage).not.toHaveBeenCalled()
    line.update?.()
    expect(worker.postMessage).toHaveBeenCalledWith({ type: 'take-over' })
    expect(line.takesOver).toBe(true)
    container.dispatchEvent(new Event('controllerchange'))
    expect(reload).toHaveBeenCalledOnce()
  })

  it('asks again whoever went on to write before the new version came', async () => {
    container.controller = new Worker()
    await startWorker(reload)
    newVersion()
    line.update?.()
    window.dispatchEvent(new Event('input'))
    container.dispatchEvent(new Event('controllerchange'))
    expect(reload).not.toHaveBeenCalled()
    expect(line.takesOver).toBe(false)
    line.update?.()
    expect(reload).toHaveBeenCalledOnce()
  })

  it('leaves a tab that one looks at alone when another one asked', async () => {
    container.controller = new Worker()
    await startWorker(reload)
    container.dispatchEvent(new Event('controllerchange'))
    expect(reload).not.toHaveBeenCalled()
    line.update?.()
    expect(reload).toHaveBeenCalledOnce()
  })

  it('tells a page of a new version that another one took while this one was on its way', async () => {
    container.controller = new Worker()
    container.controller.postMessage.mockImplementation((_: unknown, [port]: MessagePort[] = []) =>
      port?.postMessage({ wasKept: false, isOlder: true, version: '2' }),
    )
    await startWorker(reload)
    await vi.waitFor(() => expect(line.update).toBeDefined())
    expect(reload).not.toHaveBeenCalled()
    line.update?.()
    expect(reload).toHaveBeenCalledOnce()
  })

  it('does nothing where a browser has no workers', async () => {
    vi.stubGlobal('navigator', { onLine: true })
    await expect(startWorker(reload)).resolves.toBeUndefined()
  })
})

describe('mayReload', () => {
  it('says no while something is typed, or a text is guarded', () => {
    expect(mayReload()).toBe(true)
    const field = document.createElement('textarea')
    document.body.append(field)
    expect(mayReload()).toBe(true)
    field.value = 'Half a sentence'
    expect(mayReload()).toBe(false)
    field.remove()

    const guard = (event: Event): void => event.preventDefault()
    window.addEventListener('beforeunload', guard)
    expect(mayReload()).toBe(false)
    window.removeEventListener('beforeunload', guard)
  })
})
