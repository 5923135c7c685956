import type { LocationQueryValue } from 'vue-router'

/** One value of a route's parameter or query; an empty string when there is none. */
export const single = (
  value: LocationQueryValue | string | LocationQueryValue[] | string[] | undefined,
): string => (Array.isArray(value) ? value[0] : value) ?? ''
