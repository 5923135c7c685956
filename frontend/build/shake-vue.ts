import type { Plugin } from 'vite'

const whole = "import * as Vue from 'vue';"
const needed =
  "import { getCurrentInstance as current } from 'vue';\nconst Vue = { getCurrentInstance: current };"

/** vue-i18n looks a name up in the whole of Vue, so that no part of Vue could be dropped (14 kB gzip). */
export const shakeVue = (): Plugin => ({
  name: 'byline:shake-vue',
  apply: 'build',
  transform(code, id) {
    if (!/\/vue-i18n\.runtime\.mjs$/.test(id)) return undefined
    if (!code.includes(whole)) this.error('vue-i18n no longer imports the whole of Vue: drop this plugin.')
    return { code: code.replace(whole, needed), map: null }
  },
})
