/** In milliseconds. */
const pause = 1_500
const longest = 10_000

/** When the next save is due: after a pause in typing, and every ten seconds while there is none. */
export function useSaveTimer(save: () => void) {
  let timer: number | undefined
  let since: number | undefined

  function clear(): void {
    window.clearTimeout(timer)
    timer = since = undefined
  }

  function at(delay: number): void {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => {
      clear()
      save()
    }, delay)
  }

  return {
    clear,
    /** After so many milliseconds, whatever is typed. */
    at,
    /** Something was typed. */
    soon(): void {
      since ??= Date.now()
      at(Math.min(pause, Math.max(0, since + longest - Date.now())))
    },
  }
}
