import { fileURLToPath, URL } from 'node:url'

import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vitest/config'

import { adoptStyles } from './build/adopt-styles.ts'
import { shakeVue } from './build/shake-vue.ts'
import { slimClient } from './build/slim-client.ts'

const backend = process.env.BACKEND_URL ?? 'http://127.0.0.1:8000'

export default defineConfig(({ mode }) => ({
  plugins: [
    slimClient(),
    vue(),
    icons({ compiler: 'vue3', scale: 1, defaultClass: 'icon' }),
    shakeVue(),
    adoptStyles(),
    vueI18n({
      include: fileURLToPath(new URL('./src/locales/*.json', import.meta.url)),
      runtimeOnly: true,
      dropMessageCompiler: true,
      compositionOnly: true,
      fullInstall: false,
    }),
  ],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      // The shim for Vue 2 imports the whole of Vue by name, which keeps unused parts from being dropped.
      'vue-demi': fileURLToPath(new URL('./src/lib/vue-demi.ts', import.meta.url)),
      // The generated client brings a reader of event streams along, whether the API has any or not.
      '../core/serverSentEvents.gen': fileURLToPath(new URL('./src/lib/no-events.ts', import.meta.url)),
    },
  },
  define: mode === 'test' ? {} : { __VUE_OPTIONS_API__: 'false' },
  build: {
    // The policy that the page is served under allows neither inline scripts nor inline fonts.
    assetsInlineLimit: 0,
    // For scripts/budget.js, which takes it away again.
    manifest: true,
    chunkSizeWarningLimit: 250,
    // What every page needs stays together: left alone, each lazy part that needs a little of it splits it further.
    rolldownOptions: {
      // The door of a feature does nothing itself: a page gets what it takes through it, and not all that is behind it.
      treeshake: {
        moduleSideEffects: [{ test: /src[\\/]features[\\/]\w+[\\/]index\.ts$/, sideEffects: false }],
      },
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'vendor',
              test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify|@tanstack)[\\/]/,
            },
            { name: 'base', test: /src[\\/](api|lib)[\\/]/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/media', '/admin', '/static'].map((path) => [path, { target: backend, xfwd: true }]),
    ),
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.spec.ts'],
    restoreMocks: true,
    css: false,
    coverage: { include: ['src/**'], exclude: ['src/api/generated/**', 'src/test/**'] },
  },
}))
