export { default as AuthorHeader } from './AuthorHeader.vue'
export { authorQuery } from './queries'
