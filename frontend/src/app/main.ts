import '@/styles/main.css'

import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'

import { firstLanguage } from '@/composables/useLanguage'
import { messagesReady } from '@/lib/messages'

import App from './App.vue'
import { guard } from './guards'
import { createI18n } from './i18n'
import { createQueryClient } from './query-client'
import { createRouter } from './router'

const i18n = createI18n(firstLanguage())
const router = createRouter()
guard(router)

const app = createApp(App).use(i18n).use(VueQueryPlugin, { queryClient: createQueryClient() }).use(router)
void messagesReady().then(() => app.mount('#app'))
