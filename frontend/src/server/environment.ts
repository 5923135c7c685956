/**
 * What the program expects around it and a bare engine hasn't got. Imported before everything else. There is no
 * network, no clock that ticks and nothing to draw on: what waits for an hour that a document never sees never runs.
 */
type Callback = (...given: unknown[]) => void

interface Bare {
  setTimeout?: unknown
  clearTimeout?: unknown
  setInterval?: unknown
  clearInterval?: unknown
  queueMicrotask?: unknown
  AbortController?: unknown
  console?: unknown
}

const bare = globalThis as unknown as Bare
let timers = 0

/** "As soon as possible" is done; "later" is after the document. */
bare.setTimeout = (run: Callback, wait?: number, ...given: unknown[]): number => {
  if (!wait || wait <= 0) void Promise.resolve().then(() => run(...given))
  return ++timers
}
bare.setInterval = (): number => ++timers
bare.clearTimeout = bare.clearInterval = (): void => undefined
bare.queueMicrotask ??= (run: Callback): void => void Promise.resolve().then(run)
bare.console ??= Object.fromEntries(
  ['debug', 'error', 'info', 'log', 'warn'].map((name) => [name, (): void => undefined]),
)

/** Nothing is ever given up here. */
class NeverAborted {
  readonly signal = {
    aborted: false,
    reason: undefined,
    addEventListener: (): void => undefined,
    removeEventListener: (): void => undefined,
    throwIfAborted: (): void => undefined,
  }
  abort(): void {
    this.signal.aborted = true
  }
}
bare.AbortController ??= NeverAborted

export {}
