export { default as SearchForm } from './SearchForm.vue'
export { default as SearchResults } from './SearchResults.vue'
export { kinds, longest, type Kind } from './queries'
export { useSearchMessages } from './useSearchMessages'
