import { ref } from 'vue'

/**
 * The secret of the preview link that led here. It is taken out of the address before anything else happens and kept
 * in memory alone: no history, storage, log or link of the page has it. A reload loses it, and the page says so.
 */
export const previewSecret = ref('')

/** Takes the secret from the part of an address that servers never see. Answers whether there was one. */
export function takeSecret(hash: string): boolean {
  if (hash.length < 2) return false
  previewSecret.value = hash.slice(1)
  return true
}
