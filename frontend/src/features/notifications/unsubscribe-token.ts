import { ref } from 'vue'

/**
 * The token of the mail whose link led here. Like any secret of an address it is taken out of it before anything else
 * happens, and kept in memory alone.
 */
export const unsubscribeToken = ref('')

/** Takes the token from the part of an address that servers never see. Answers whether there was one. */
export function takeToken(hash: string): boolean {
  if (hash.length < 2) return false
  unsubscribeToken.value = hash.slice(1)
  return true
}
