/** The parts of a moderator's desk, by what stands in the address. */
export const tabs = ['open', 'closed', 'appeals', 'rules', 'log'] as const
export type Tab = (typeof tabs)[number]

export const isTab = (value: unknown): value is Tab => tabs.some((tab) => tab === value)
