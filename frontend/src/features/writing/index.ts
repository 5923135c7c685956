export { default as MyPosts } from './my-posts/MyPosts.vue'
export { isTab } from './my-posts/tabs'
export { default as PostEditor } from './PostEditor.vue'
export { editablePostQuery } from './queries'
