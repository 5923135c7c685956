export { default as PageArticle } from './PageArticle.vue'
export { pageQuery, pagesQuery } from './queries'
