// Stands in for the package of that name, by an alias in vite.config.ts: what vue-query takes from it, and no more.
export {
  computed,
  getCurrentScope,
  hasInjectionContext,
  inject,
  isRef,
  nextTick,
  onScopeDispose,
  reactive,
  readonly,
  ref,
  shallowReactive,
  shallowReadonly,
  shallowRef,
  toRefs,
  unref,
  watch,
  watchEffect,
} from 'vue'

export const isVue2 = false
