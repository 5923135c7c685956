import { readonly, ref } from 'vue'

/** Something that can be done about the news, such as taking it back. */
export interface ToastAction {
  readonly label: string
  readonly run: () => void
}

export interface Toast {
  readonly id: number
  readonly kind: 'info' | 'success' | 'error'
  readonly message: string
  readonly action?: ToastAction
}

/** In milliseconds; longer where there is something to decide. Errors stay until they are dismissed. */
const lifetime = 6000
const lifetimeWithAction = 12_000

const toasts = ref<readonly Toast[]>([])
let count = 0

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

function show(message: string, kind: Toast['kind'] = 'info', action?: ToastAction): number {
  const id = ++count
  toasts.value = [...toasts.value, { id, kind, message, ...(action && { action }) }]
  if (kind !== 'error') window.setTimeout(() => dismiss(id), action ? lifetimeWithAction : lifetime)
  return id
}

/** Short news about what one just did; `ui/ToastRegion.vue` is the only place that shows it. */
export const useToasts = () => ({ toasts: readonly(toasts), show, dismiss })
