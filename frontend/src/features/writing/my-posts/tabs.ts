import type { PostSummary } from '@/api'

export type Status = PostSummary['status']

/** The parts of one's desk, by what stands in the address. `submitted` is for editors: what waits for their review. */
export const tabs = ['draft', 'scheduled', 'published', 'archived', 'trashed', 'submitted'] as const
export type Tab = (typeof tabs)[number]

export const isTab = (value: unknown): value is Tab => tabs.some((tab) => tab === value)

/** What can be done with several posts at once, as the API names it. */
export type Step = 'publish' | 'unpublish' | 'archive' | 'trash' | 'restore' | 'delete'

/** The steps that make sense for every post of a tab, in the order in which they are offered. */
export const stepsOf: Readonly<Record<Tab, readonly Step[]>> = {
  draft: ['publish', 'archive', 'trash'],
  scheduled: ['publish', 'unpublish', 'trash'],
  published: ['unpublish', 'archive', 'trash'],
  archived: ['publish', 'unpublish', 'trash'],
  trashed: ['restore', 'delete'],
  submitted: [],
}

/** Of these steps, those that the reader may take with this post. */
export const stepsFor = (post: PostSummary, tab: Tab): Step[] =>
  stepsOf[tab].filter((step) => {
    const { permissions } = post
    if (!permissions) return true
    if (step === 'publish') return permissions.publish
    if (step === 'unpublish' || step === 'archive') return permissions.edit
    return permissions.delete
  })

/** What is asked about first: what others notice, or what can't be taken back. */
export const isAskedFirst = (step: Step): step is 'publish' | 'delete' =>
  step === 'publish' || step === 'delete'

/** Posts that one request may name. */
export const atOnce = 100
