import { useQuery } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'

import { listMentionable, type Byline } from '@/api'

import { complete, namingAt, type Naming } from './mentions'

/** How long one pauses before people are looked up, in milliseconds. */
const pause = 150

/**
 * Suggests people while somebody types `@name` into a text. The text keeps the focus: arrow keys go through the list,
 * Enter or Tab takes a name, Escape closes the list.
 */
export function useMentions(slug: MaybeRefOrGetter<string>, field: () => HTMLTextAreaElement | null) {
  const naming = shallowRef<Naming>()
  const asked = ref('')
  const active = ref(0)
  let timer: number | undefined

  const { data } = useQuery(
    computed(() => ({
      queryKey: ['mentionable', toValue(slug), asked.value],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        listMentionable({ path: { slug: toValue(slug) }, query: { q: asked.value }, signal }),
      enabled: naming.value !== undefined,
      staleTime: 60_000,
      retry: false,
    })),
  )
  /** Those known already that fit what is typed by now, until the server has answered. */
  const people = computed<readonly Byline[]>(() => {
    const prefix = naming.value?.prefix.toLowerCase()
    if (prefix === undefined) return []
    return (data.value?.results ?? []).filter(({ username }) => username.toLowerCase().startsWith(prefix))
  })
  const chosen = computed(() => people.value[active.value])

  function close(): void {
    window.clearTimeout(timer)
    naming.value = undefined
  }

  /** After each change of the text or the caret. */
  function look(): void {
    const element = field()
    const found = element ? namingAt(element.value, element.selectionStart) : undefined
    if (!found) return close()
    if (found.prefix === naming.value?.prefix && found.at === naming.value.at) return
    const isNew = naming.value === undefined
    window.clearTimeout(timer)
    if (isNew) asked.value = found.prefix
    else timer = window.setTimeout(() => (asked.value = found.prefix), pause)
    naming.value = found
    active.value = 0
  }

  /** Writes the name out; answers the whole text and where the caret belongs. */
  function take(person: Byline) {
    const element = field()
    const where = naming.value
    if (!element || !where) return undefined
    close()
    return complete(element.value, element.selectionStart, where, person.username)
  }

  /** Whether the key was for the list. A name to take is answered. */
  function onKey(event: KeyboardEvent): Byline | undefined {
    const count = people.value.length
    if (count === 0 || event.isComposing) return undefined
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const move = moves[event.key]
    if (move !== undefined) {
      event.preventDefault()
      active.value = (active.value + move + count) % count
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
      event.preventDefault()
      return chosen.value
    }
    return undefined
  }

  watch(people, (now) => {
    if (active.value >= now.length) active.value = 0
  })
  onBeforeUnmount(() => window.clearTimeout(timer))

  return { people, active, look, take, onKey, close }
}
