/** What somebody wants of one switch, while the server is being told. */
interface Wish {
  wanted: boolean
  readonly before: unknown
  readonly settled: Promise<unknown>
}

const wishes = new Map<string, Wish>()

/** What stood there before somebody began to wish: what to go back to where the server refuses. */
export const beforeWish = <State>(key: string, now: State): State =>
  (wishes.get(key)?.before as State | undefined) ?? now

/**
 * Tells the server what is wanted of a switch, one request at a time: whoever changes their mind meanwhile is asked
 * once more at the end, so that what they wanted last is what counts. Answers what the server said last; its refusal
 * is thrown to all who asked.
 */
export async function fulfil<Answer>(
  key: string,
  wanted: boolean,
  before: unknown,
  send: (wanted: boolean) => Promise<Answer>,
): Promise<Answer> {
  const running = wishes.get(key)
  if (running) {
    running.wanted = wanted
    return running.settled as Promise<Answer>
  }
  const tell = async (): Promise<Answer> => {
    for (;;) {
      const now = wish.wanted
      const answer = await send(now)
      if (wish.wanted === now) return answer
    }
  }
  const wish: Wish = { wanted, before, settled: Promise.resolve().then(tell) }
  wishes.set(key, wish)
  try {
    return (await wish.settled) as Answer
  } finally {
    wishes.delete(key)
  }
}
