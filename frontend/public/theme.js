// Runs before the first paint: the reader's choice of light or dark, and the publication's accent from the last visit.
;(function () {
  try {
    var root = document.documentElement
    var theme = localStorage.getItem('byline.theme')
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    var accent = JSON.parse(localStorage.getItem('byline.accent') || 'null')
    if (accent) {
      root.style.setProperty('--accent-on-light', accent.light)
      root.style.setProperty('--accent-on-dark', accent.dark)
    }
  } catch {
    // Storage may be forbidden: the defaults stand.
  }
})()
