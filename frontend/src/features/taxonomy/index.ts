export { default as FeedFilter } from './FeedFilter.vue'
export { default as SectionNav } from './SectionNav.vue'
export { default as TermLists } from './TermLists.vue'
export { categoriesQuery, categoryQuery, tagPagesQuery, tagQuery } from './queries'
