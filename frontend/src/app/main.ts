import '@/styles/main.css'

import { VueQueryPlugin } from '@tanstack/vue-query'
import { createHead } from '@unhead/vue/client'
import { createApp } from 'vue'

import App from './App.vue'
import { createI18n } from './i18n'
import { createQueryClient } from './query-client'
import { createRouter } from './router'

createApp(App)
  .use(createI18n())
  .use(createHead())
  .use(VueQueryPlugin, { queryClient: createQueryClient() })
  .use(createRouter())
  .mount('#app')
