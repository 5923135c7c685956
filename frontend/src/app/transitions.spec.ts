import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import { fadeBetweenPages } from './transitions'

const page = { template: '' }

function start({ still = false, ready = Promise.resolve() } = {}) {
  let over: Promise<unknown> | undefined
  const startViewTransition = vi.fn((change: () => Promise<void>) => {
    over = change()
    return { ready }
  })
  Object.defineProperty(document, 'startViewTransition', { value: startViewTransition, configurable: true })
  vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: still } as MediaQueryList)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: page },
      { path: '/a', component: page },
      { path: '/broken', component: () => Promise.reject(new Error('gone')) },
    ],
  })
  fadeBetweenPages(router)
  return { router, startViewTransition, over: () => over }
}

afterEach(() => {
  Reflect.deleteProperty(document, 'startViewTransition')
})

describe('fadeBetweenPages', () => {
  it('fades from one page to the next, and comes to its end', async () => {
    const { router, startViewTransition, over } = start()
    await router.push('/')
    expect(startViewTransition).not.toHaveBeenCalled()

    await router.push('/a')

    expect(startViewTransition).toHaveBeenCalledOnce()
    await over()
    await router.push('/a#part')
    expect(startViewTransition).toHaveBeenCalledOnce()
  })

  it('leaves pages still for those who want them so, and for those who go back', async () => {
    const quiet = start({ still: true })
    await quiet.router.push('/')
    await quiet.router.push('/a')
    expect(quiet.startViewTransition).not.toHaveBeenCalled()

    const back = start()
    await back.router.push('/')
    window.dispatchEvent(new PopStateEvent('popstate'))
    await back.router.push('/a')
    expect(back.startViewTransition).not.toHaveBeenCalled()
  })

  it('goes on without a fade where the browser gives it up, as when the window changes its size', async () => {
    const { router, over } = start({
      ready: Promise.reject(new DOMException('Aborted', 'InvalidStateError')),
    })
    await router.push('/')

    await router.push('/a')

    await over()
    expect(router.currentRoute.value.path).toBe('/a')
  })

  it('shows what is there when a page can’t be had', async () => {
    const { router, over } = start()
    router.onError(() => undefined)
    await router.push('/')

    await router.push('/broken').catch(() => undefined)
    await router.push('/a')

    await over()
    expect(router.currentRoute.value.path).toBe('/a')
  })
})
