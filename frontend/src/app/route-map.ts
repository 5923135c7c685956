import type { RouteRecordInfo } from 'vue-router'

import type { MessagePart } from './i18n'

type Plain<Name extends string, Path extends string> = RouteRecordInfo<
  Name,
  Path,
  Record<never, never>,
  Record<never, never>
>
type With<Name extends string, Path extends string, Param extends string> = RouteRecordInfo<
  Name,
  Path,
  Record<Param, string | number>,
  Record<Param, string>
>

/** Every route by name: what `router.push({ name, params })` and `<RouterLink>` accept. Kept beside `routes.ts`. */
export interface RouteNamedMap {
  home: Plain<'home', '/'>
  post: With<'post', '/posts/:slug', 'slug'>
  tag: With<'tag', '/tags/:slug', 'slug'>
  category: With<'category', '/categories/:slug', 'slug'>
  author: With<'author', '/authors/:username', 'username'>
  series: With<'series', '/series/:slug', 'slug'>
  archive: Plain<'archive', '/archive'>
  'archive-year': With<'archive-year', '/archive/:year(\\d{4})', 'year'>
  'archive-month': With<'archive-month', '/archive/:year(\\d{4})/:month(\\d{1,2})', 'year' | 'month'>
  search: Plain<'search', '/search'>
  page: With<'page', '/pages/:slug', 'slug'>
  preview: Plain<'preview', '/preview'>
  'sign-in': Plain<'sign-in', '/sign-in'>
  'sign-up': Plain<'sign-up', '/sign-up'>
  forgot: Plain<'forgot', '/forgot'>
  account: Plain<'account', '/account'>
  'account-security': Plain<'account-security', '/account/security'>
  'account-sessions': Plain<'account-sessions', '/account/sessions'>
  'account-tokens': Plain<'account-tokens', '/account/tokens'>
  'account-privacy': Plain<'account-privacy', '/account/privacy'>
  'account-reports': Plain<'account-reports', '/account/reports'>
  'account-decisions': Plain<'account-decisions', '/account/decisions'>
  moderation: Plain<'moderation', '/moderation'>
  'account-notifications': Plain<'account-notifications', '/account/notifications'>
  notifications: Plain<'notifications', '/notifications'>
  appeal: Plain<'appeal', '/appeal'>
  unsubscribe: Plain<'unsubscribe', '/unsubscribe'>
  'reading-list': Plain<'reading-list', '/reading-list'>
  following: Plain<'following', '/following'>
  'my-posts': Plain<'my-posts', '/write'>
  'post-new': Plain<'post-new', '/write/new'>
  'post-edit': With<'post-edit', '/write/posts/:slug', 'slug'>
  'not-found': RouteRecordInfo<'not-found', '/:path(.*)*', { path?: (string | number)[] }, { path: string[] }>
}

declare module 'vue-router' {
  interface TypesConfig {
    RouteNamedMap: RouteNamedMap
  }

  interface RouteMeta {
    /** Only for those who are signed in; others go to the sign-in page and come back. */
    requiresSession?: boolean
    /** A part of the message catalogue that the route needs beside the reader's. */
    messages?: MessagePart
  }
}
