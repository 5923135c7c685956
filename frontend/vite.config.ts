import { fileURLToPath, URL } from 'node:url'

import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import type { BuildOptions } from 'vite'
import { defineConfig } from 'vitest/config'

import { adoptStyles } from './build/adopt-styles.ts'
import { lighterFace } from './build/lighter-face.ts'
import { chunkOf, isCall } from './build/reader-chunk.ts'
import { markAssets, readerAssets } from './build/reader-assets.ts'
import { readersOnly } from './build/readers-only.ts'
import { shortIds } from './build/short-ids.ts'
import { slimClient } from './build/slim-client.ts'

const backend = process.env.BACKEND_URL ?? 'http://127.0.0.1:8000'

/** What readers get. */
const reader: BuildOptions = {
  // The policy that the page is served under allows neither inline scripts nor inline fonts.
  assetsInlineLimit: 0,
  // What a part imports is named in it: the list of all of that would be fetched by everybody, before they need any.
  modulePreload: {
    polyfill: false,
    resolveDependencies: (_file, needed, { hostType }) =>
      hostType === 'js' ? needed.filter((file) => file.endsWith('.css')) : needed,
  },
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
            priority: 3,
            // Of the query library, lists without end and changes are for later.
            test: /node_modules[\\/](@vue|vue|vue-router|@tanstack)[\\/](?!.*(?:[mM]utation(?:Observer)?|useMutation|useMutationState|infiniteQuery\w*|useInfiniteQuery)\.js)/,
          },
          { name: chunkOf(), priority: 2 },
          { name: 'calls', test: isCall, priority: 1 },
        ],
      },
    },
  },
}

/** What makes documents: one script that runs in a bare engine within the backend. It is never sent to anybody. */
const server: BuildOptions = {
  outDir: 'dist-server',
  ssr: true,
  copyPublicDir: false,
  assetsInlineLimit: 0,
  minify: false,
  target: 'es2023',
  rolldownOptions: {
    output: { format: 'iife', entryFileNames: 'server.js', codeSplitting: false },
  },
}

export default defineConfig(({ mode, isSsrBuild }) => ({
  plugins: [
    lighterFace(),
    slimClient(),
    vue({ features: { componentIdGenerator: shortIds() } }),
    icons({ compiler: 'vue3', scale: 1, defaultClass: 'icon' }),
    adoptStyles(),
    markAssets(),
    readerAssets(),
    readersOnly(),
  ],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      'vue-i18n': fileURLToPath(new URL('./src/lib/i18n.ts', import.meta.url)),
      // The shim for Vue 2 imports the whole of Vue by name, which keeps unused parts from being dropped.
      'vue-demi': fileURLToPath(new URL('./src/lib/vue-demi.ts', import.meta.url)),
      // The generated client brings a reader of event streams along, whether the API has any or not.
      '../core/serverSentEvents.gen': fileURLToPath(new URL('./src/lib/no-events.ts', import.meta.url)),
    },
  },
  define:
    mode === 'test'
      ? {}
      : {
          __VUE_OPTIONS_API__: 'false',
          // To find out where a page is taken over in another shape than the server drew it.
          __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: JSON.stringify(Boolean(process.env.HYDRATION_DETAILS)),
        },
  build: isSsrBuild ? server : reader,
  ssr: { noExternal: true, target: 'webworker' },
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
