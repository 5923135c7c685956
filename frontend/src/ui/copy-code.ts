/** In milliseconds. */
const copiedFor = 2000

/**
 * Copies the code in whose frame a button stands; for a moment, the button says that it is done. Where the browser keeps
 * the clipboard to itself (no HTTPS), the code is selected to be copied by hand.
 */
export async function copyCode(button: HTMLElement, copied: string): Promise<boolean> {
  const code = button.closest('.code-frame')?.querySelector('pre')
  if (!code || button.textContent === copied) return false
  try {
    await navigator.clipboard.writeText(code.textContent)
  } catch {
    window.getSelection()?.selectAllChildren(code)
    return false
  }
  const offer = button.textContent
  button.textContent = copied
  window.setTimeout(() => (button.textContent = offer), copiedFor)
  return true
}
