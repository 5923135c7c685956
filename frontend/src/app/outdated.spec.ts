import { createMemoryHistory, createRouter } from 'vue-router'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { openAnewWhereOutdated } from './outdated'

const gone = new TypeError('Failed to fetch dynamically imported module: /assets/TagPage-12345678.js')

function tab(error: Error) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: { render: () => null } },
      { path: '/tags/:slug', component: () => Promise.reject(error) },
    ],
  })
  const open = vi.fn()
  openAnewWhereOutdated(router, open)
  return { open, go: () => router.push('/tags/maps?q=1').catch(() => undefined) }
}

afterEach(() => sessionStorage.clear())

describe('openAnewWhereOutdated', () => {
  it('opens the page as a document where a part of it is gone, once', async () => {
    const { open, go } = tab(gone)
    await go()
    expect(open).toHaveBeenCalledExactlyOnceWith('/tags/maps?q=1')
    await go()
    expect(open).toHaveBeenCalledOnce()
  })

  it('leaves alone what has another cause', async () => {
    const { open, go } = tab(new Error('A slip in the page'))
    await go()
    expect(open).not.toHaveBeenCalled()
  })

  it('stays where there is no line: a document could not be had either', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const { open, go } = tab(gone)
    await go()
    expect(open).not.toHaveBeenCalled()
  })
})
