import { readonly, ref } from 'vue'

export interface Toast {
  readonly id: number
  readonly kind: 'info' | 'success' | 'error'
  readonly message: string
}

/** In milliseconds. Errors stay until they are dismissed. */
const lifetime = 6000

const toasts = ref<readonly Toast[]>([])
let count = 0

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

function show(message: string, kind: Toast['kind'] = 'info'): number {
  const id = ++count
  toasts.value = [...toasts.value, { id, kind, message }]
  if (kind !== 'error') window.setTimeout(() => dismiss(id), lifetime)
  return id
}

/** Short news about what one just did; `ui/ToastRegion.vue` is the only place that shows it. */
export const useToasts = () => ({ toasts: readonly(toasts), show, dismiss })
