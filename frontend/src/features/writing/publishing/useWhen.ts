import { computed, ref } from 'vue'

import { usePublishingMessages } from './usePublishingMessages'
import { describeMoment, describeZone, localTime, ownZone, readLocalTime } from './zoned'

/** When a post is published: at once, or at a time that is given as a clock where the author is shows it. */
export function useWhen(scheduled: string | null) {
  const { t, locale } = usePublishingMessages()
  const zone = ownZone()
  const now = new Date()
  const choice = ref<'now' | 'later'>(scheduled ? 'later' : 'now')
  const text = ref(scheduled ? localTime(new Date(scheduled), zone) : '')
  const tried = ref(false)

  const reading = computed(() => readLocalTime(text.value, zone))
  const moment = computed(() => (reading.value.kind === 'moment' ? reading.value.moment : null))
  const zoneName = computed(() => describeZone(moment.value ?? now, zone, locale.value))

  /** A time that no clock shows is refused as soon as it is typed, the rest when one goes on. */
  const error = computed(() => {
    if (reading.value.kind === 'gap') {
      return t('publishing.when.gap', { instead: reading.value.instead.replace('T', ' ') })
    }
    if (!tried.value) return ''
    if (!moment.value) return t('publishing.when.missing')
    return moment.value.getTime() <= Date.now() ? t('publishing.when.past') : ''
  })
  const hint = computed(() => {
    const named = t('publishing.when.zone', { zone: zoneName.value })
    const twice = reading.value.kind === 'moment' && reading.value.twice
    return twice ? `${named} ${t('publishing.when.twice')}` : named
  })

  /** Whether one can go on like this; from now on what is missing is said. */
  function check(): boolean {
    tried.value = true
    return choice.value === 'now' || (moment.value !== null && error.value === '')
  }

  return {
    choice,
    text,
    hint,
    error,
    moment,
    zoneName,
    earliest: localTime(now, zone),
    described: computed(() => (moment.value ? describeMoment(moment.value, zone, locale.value) : '')),
    check,
  }
}
