import { onBeforeUnmount, onMounted } from 'vue'

interface Moments {
  /** The network is back, or the page goes out of sight. */
  readonly save: () => void
  /** Whether text would be lost if the page were closed now. */
  readonly atRisk: () => boolean
  /** The editor is left. */
  readonly leave: () => void
}

/** When to save without being asked, beside the pauses in typing. */
export function useSaveMoments({ save, atRisk, leave }: Moments): void {
  const onHidden = (): void => {
    if (document.visibilityState === 'hidden') save()
  }
  const onUnload = (event: BeforeUnloadEvent): void => {
    if (atRisk()) event.preventDefault()
  }
  onMounted(() => {
    window.addEventListener('online', save)
    window.addEventListener('beforeunload', onUnload)
    document.addEventListener('visibilitychange', onHidden)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('online', save)
    window.removeEventListener('beforeunload', onUnload)
    document.removeEventListener('visibilitychange', onHidden)
    leave()
  })
}
