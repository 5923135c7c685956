import { computed, reactive, readonly } from 'vue'

const state = reactive({
  /** The browser itself knows no line. */
  offline: false,
  /** There may be a line, but what is shown had to be taken from what is kept on this device. */
  showsKept: false,
  /** A newer version of the program is ready; called, it takes over. */
  update: undefined as (() => void) | undefined,
  /** It was called, and the browser has not let the new version take over yet. */
  takesOver: false,
})

/** How things stand with the line to the server, for all who show it. */
export const line = readonly(state)

/** Whether there is anything to say about it. */
export const hasNews = computed(() => state.offline || state.showsKept || state.update !== undefined)

export const setOffline = (offline: boolean): void => void (state.offline = offline)
export const setShowsKept = (showsKept: boolean): void => void (state.showsKept = showsKept)
export const offerUpdate = (update: (() => void) | undefined): void => {
  Object.assign(state, { update, takesOver: false })
}
export const setTakesOver = (): void => void (state.takesOver = true)
