export { default as CommentSection } from './CommentSection.vue'
