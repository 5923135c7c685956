import { queryOptions } from '@tanstack/vue-query'

import { checkPost, listPreviewLinks } from '@/api'

/** What is looked over: the post, or the changes that its readers don't have yet. */
export type Subject = 'post' | 'working_copy'

/** What readers would stumble over in exactly this version. */
export const checksQuery = (slug: string, of: Subject, version: number) =>
  queryOptions({
    queryKey: ['writing', 'checks', slug, of, version],
    queryFn: ({ signal }) => checkPost({ path: { slug }, query: { of }, signal }),
    retry: false,
    // Links may lead somewhere else by now.
    staleTime: 0,
    gcTime: 0,
  })

/** The links that lead to the post before it is public; a post has at most fifty. */
export const previewLinksQuery = (slug: string) =>
  queryOptions({
    queryKey: ['writing', 'preview-links', slug],
    queryFn: ({ signal }) => listPreviewLinks({ path: { slug }, query: { limit: 50 }, signal }),
  })
