import { flushPromises } from '@vue/test-utils'
import { screen } from '@testing-library/vue'
import { http } from 'msw'
import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'

import { withMessages } from '@/lib/messages'
import { listOf } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import CommentSection from './CommentSection.vue'

const settled = vi.hoisted(() => ({ value: undefined as unknown as { value: boolean } }))
vi.mock('@/lib/settled', async (original) => {
  settled.value = ref(false)
  return { ...(await original<object>()), settled: settled.value }
})

describe('the discussion of a page that the server drew', () => {
  it('comes once the page is taken over whole, and it is known who is there', async () => {
    server.use(http.get('*/api/v1/posts/a/comments', () => listOf([])))
    await withMessages(() => import('./CommentThread.vue'))
    await render(CommentSection, { at: '/#comments', props: { slug: 'a', open: true, count: 0 } })
    await flushPromises()

    expect(screen.queryByText(/To take part/)).toBeNull()
    settled.value.value = true
    expect(await screen.findByText(/To take part/)).toBeVisible()
  })
})
