import { describe, expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'

import { beginSession } from '@/api'
import { startSession } from '@/features/accounts'
import { QueryClient } from '@tanstack/vue-query'

import { guard } from './guards'
import { createI18n } from './i18n'
import { createRouter } from './router'

function start() {
  const router = createRouter(createMemoryHistory())
  const i18n = createI18n()
  startSession(new QueryClient())
  guard(router)
  return { router, i18n }
}

describe('guard', () => {
  it('asks those who are signed out to sign in, and remembers where they were going', async () => {
    const { router } = start()

    await router.push('/write?status=draft')

    expect(router.currentRoute.value.name).toBe('sign-in')
    expect(router.currentRoute.value.query.next).toBe('/write?status=draft')
  })

  it('lets those who are signed in through, with the messages of their pages', async () => {
    const { router, i18n } = start()
    beginSession({ access: 'token', expires_in: 600 })

    await router.push('/account')

    expect(router.currentRoute.value.name).toBe('account')
    expect(i18n.global.te('account.title')).toBe(true)
  })
})
