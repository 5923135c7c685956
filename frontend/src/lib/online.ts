/** The browser itself knows no line. That it knows one says little: see `app/offline/at-hand`. */
export const isOffline = (): boolean => typeof navigator !== 'undefined' && navigator.onLine === false
