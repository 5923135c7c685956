export { siteQuery, useSite } from './queries'
export { default as SiteNameplate } from './SiteNameplate.vue'
export { useAccent } from './useAccent'
