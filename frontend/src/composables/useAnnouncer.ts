import { readonly, ref } from 'vue'

const message = ref('')

/** Says something to screen readers alone; `ui/LiveAnnouncer.vue` holds the region. */
export function announce(text: string): void {
  // The same text twice in a row is read only if the region changes.
  message.value = message.value === text ? `${text}\u00a0` : text
}

export const useAnnouncement = () => readonly(message)
