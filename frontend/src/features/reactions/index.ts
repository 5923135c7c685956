export { useMyReactions } from './useMyReactions'
