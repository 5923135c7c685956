export { default as MyPosts } from './MyPosts.vue'
export { default as PostEditor } from './PostEditor.vue'
export { editablePostQuery, isStatus, myPostsQuery, statuses, type Status } from './queries'
