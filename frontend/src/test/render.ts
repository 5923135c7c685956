import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { render as renderBare } from '@testing-library/vue'
import type { Component } from 'vue'
import { createMemoryHistory } from 'vue-router'

import { createI18n } from '@/app/i18n'
import { createRouter } from '@/app/router'

import { allMessages } from './messages'

interface Options {
  /** Where the reader is. */
  readonly at?: string
  readonly props?: Record<string, unknown>
  readonly slots?: Record<string, string>
  /** What the application or a parent provides. */
  readonly provide?: Record<symbol, unknown>
}

/** Renders a component with all that the application gives it: router, messages, head and an empty query cache. */
export async function render(component: Component, options: Options = {}) {
  const router = createRouter(createMemoryHistory())
  const queryClient = new QueryClient({
    defaultOptions: { queries: { retry: false, gcTime: Infinity, networkMode: 'always' } },
  })
  const i18n = createI18n('en', { en: allMessages('en'), de: allMessages('de') })
  await router.push(options.at ?? '/')
  const view = renderBare(component, {
    props: options.props,
    slots: options.slots,
    global: { plugins: [router, i18n, [VueQueryPlugin, { queryClient }]], provide: options.provide },
  })
  return { ...view, router, queryClient }
}
