import { screen } from '@testing-library/vue'
import { focusManager } from '@tanstack/vue-query'
import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { useAnnouncement } from '@/composables/useAnnouncer'
import { problem } from '@/test/answers'
import { render } from '@/test/render'
import { server } from '@/test/server'

import NotificationBell from './NotificationBell.vue'

const state = { unread: 0, asked: 0 }

beforeEach(() => {
  Object.assign(state, { unread: 0, asked: 0 })
  server.use(
    http.get('*/api/v1/me/notifications/summary', () => {
      state.asked += 1
      return HttpResponse.json({ unread: state.unread })
    }),
  )
})
afterEach(() => {
  vi.useRealTimers()
  focusManager.setFocused(undefined)
})

const bell = (name: string) => screen.findByRole('link', { name })

describe('NotificationBell', () => {
  it('leads to the inbox and says that nothing waits', async () => {
    await render(NotificationBell)

    await expect.poll(() => state.asked).toBe(1)
    expect(await bell('Notifications, nothing unread')).toHaveAttribute('href', '/notifications')
    expect(screen.queryByText('0')).not.toBeInTheDocument()
  })

  it('says the count in words, and shows it', async () => {
    state.unread = 3
    await render(NotificationBell)

    expect(await bell('Notifications, 3 unread')).toBeVisible()
    expect(screen.getByText('3')).toBeVisible()
  })

  it('counts no further than 99', async () => {
    state.unread = 1200
    await render(NotificationBell)

    expect(await bell('Notifications, more than 99 unread')).toHaveTextContent('99+')
  })

  it('looks again each minute, and tells of what is new', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    state.unread = 1
    await render(NotificationBell)
    await bell('Notifications, 1 unread')

    state.unread = 3
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await bell('Notifications, 3 unread')).toBeVisible()
    expect(useAnnouncement().value).toContain('2 new notifications')
  })

  it('asks nothing while nobody looks, and at once when somebody does', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    await render(NotificationBell)
    await expect.poll(() => state.asked).toBe(1)
    focusManager.setFocused(false)
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(state.asked).toBe(1)

    focusManager.setFocused(true)
    await expect.poll(() => state.asked).toBe(2)
  })

  it('is there although the count can’t be had', async () => {
    server.use(http.get('*/api/v1/me/notifications/summary', () => problem(503)))
    await render(NotificationBell)

    expect(await bell('Notifications, nothing unread')).toBeVisible()
  })
})
