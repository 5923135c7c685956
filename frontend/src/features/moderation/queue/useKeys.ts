import { onBeforeUnmount, onMounted, ref, watch } from 'vue'

import { storage } from '@/lib/storage'

import { commandOf, type Command } from './keys'

const place = 'byline.moderation.keys'
const enabled = ref(storage.read(place) !== 'off')

watch(enabled, (on) => storage.write(place, on ? null : 'off'))

/** Whether single keys are commands: a choice that stays on the device. */
export const useKeysEnabled = () => enabled

/** Hears the keys of the queue as long as the component is there. */
export function useKeys(obey: (command: Command) => void): void {
  function listen(event: KeyboardEvent): void {
    const command = enabled.value ? commandOf(event) : undefined
    if (!command) return
    event.preventDefault()
    obey(command)
  }

  onMounted(() => document.addEventListener('keydown', listen))
  onBeforeUnmount(() => document.removeEventListener('keydown', listen))
}
