import { queryOptions, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'

import { getSite, type Site } from '@/api'
import { storage } from '@/lib/storage'

const key = 'byline.site'
const tenMinutes = 10 * 60_000

const isSite = (value: unknown): value is Site =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'navigation' in value &&
  Array.isArray(value.navigation)

/** What the last visit left behind, so that the name stands there at once. */
function remembered(): Site | undefined {
  try {
    const kept: unknown = JSON.parse(storage.read(key) ?? 'null')
    return isSite(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

async function fetchSite(signal: AbortSignal): Promise<Site> {
  const site = await getSite({ signal })
  storage.write(key, JSON.stringify(site))
  return site
}

export const siteQuery = () =>
  queryOptions({
    queryKey: ['site'],
    queryFn: ({ signal }) => fetchSite(signal),
    staleTime: tenMinutes,
    initialData: remembered,
    initialDataUpdatedAt: 0,
  })

/** The publication's name, description, logo, language and colours; undefined until it is known. */
export function useSite() {
  const { data } = useQuery(siteQuery())
  return { site: computed(() => data.value) }
}
