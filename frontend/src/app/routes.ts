import type { RouteRecordRaw } from 'vue-router'

import { takeSecret } from '@/features/posts/preview/secret'

/** The addresses of the publication. A new one is named in `route-map.ts` too, for the types. */
export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('@/pages/HomePage.vue') },
  { path: '/posts/:slug', name: 'post', component: () => import('@/pages/PostDetailPage.vue'), props: true },
  { path: '/tags/:slug', name: 'tag', component: () => import('@/pages/TagPage.vue'), props: true },
  {
    path: '/categories/:slug',
    name: 'category',
    component: () => import('@/pages/CategoryPage.vue'),
    props: true,
  },
  {
    path: '/authors/:username',
    name: 'author',
    component: () => import('@/pages/AuthorPage.vue'),
    props: true,
  },
  { path: '/series/:slug', name: 'series', component: () => import('@/pages/SeriesPage.vue'), props: true },
  { path: '/archive', name: 'archive', component: () => import('@/pages/ArchiveIndexPage.vue') },
  {
    path: '/archive/:year(\\d{4})',
    name: 'archive-year',
    component: () => import('@/pages/ArchivePage.vue'),
    props: true,
  },
  {
    path: '/archive/:year(\\d{4})/:month(\\d{1,2})',
    name: 'archive-month',
    component: () => import('@/pages/ArchivePage.vue'),
    props: true,
  },
  { path: '/search', name: 'search', component: () => import('@/pages/SearchPage.vue') },
  { path: '/pages/:slug', name: 'page', component: () => import('@/pages/StaticPage.vue'), props: true },
  {
    path: '/preview',
    name: 'preview',
    component: () => import('@/pages/PreviewPage.vue'),
    // Before anything is shown: no link of the page, and no entry of the history, may hold it.
    beforeEnter: (to) => (takeSecret(to.hash) ? { name: 'preview', replace: true } : true),
  },
  { path: '/sign-in', name: 'sign-in', component: () => import('@/pages/SignInPage.vue') },
  { path: '/sign-up', name: 'sign-up', component: () => import('@/pages/SignUpPage.vue') },
  { path: '/forgot', name: 'forgot', component: () => import('@/pages/ForgotPage.vue') },
  {
    path: '/account',
    component: () => import('@/pages/AccountPage.vue'),
    meta: { messages: 'account', requiresSession: true },
    children: [
      { path: '', name: 'account', component: () => import('@/pages/AccountProfilePage.vue') },
      {
        path: 'security',
        name: 'account-security',
        component: () => import('@/pages/AccountSecurityPage.vue'),
      },
      {
        path: 'sessions',
        name: 'account-sessions',
        component: () => import('@/pages/AccountSessionsPage.vue'),
      },
      { path: 'tokens', name: 'account-tokens', component: () => import('@/pages/AccountTokensPage.vue') },
      {
        path: 'notifications',
        name: 'account-notifications',
        component: () => import('@/pages/AccountNotificationsPage.vue'),
      },
      { path: 'privacy', name: 'account-privacy', component: () => import('@/pages/AccountPrivacyPage.vue') },
      { path: 'reports', name: 'account-reports', component: () => import('@/pages/AccountReportsPage.vue') },
      {
        path: 'decisions',
        name: 'account-decisions',
        component: () => import('@/pages/AccountDecisionsPage.vue'),
      },
    ],
  },
  {
    path: '/notifications',
    name: 'notifications',
    component: () => import('@/pages/NotificationsPage.vue'),
    meta: { requiresSession: true },
  },
  { path: '/appeal', name: 'appeal', component: () => import('@/pages/AppealPage.vue') },
  {
    path: '/unsubscribe',
    name: 'unsubscribe',
    component: () => import('@/pages/UnsubscribePage.vue'),
    beforeEnter: async (to) => {
      const { takeToken } = await import('@/features/notifications/unsubscribe-token')
      return takeToken(to.hash) ? { name: 'unsubscribe', replace: true } : true
    },
  },
  {
    path: '/following',
    name: 'following',
    component: () => import('@/pages/FollowingPage.vue'),
    meta: { messages: 'account', requiresSession: true },
  },
  {
    path: '/reading-list',
    name: 'reading-list',
    component: () => import('@/pages/ReadingListPage.vue'),
    meta: { requiresSession: true },
  },
  {
    path: '/moderation',
    name: 'moderation',
    component: () => import('@/pages/ModerationPage.vue'),
    meta: { requiresSession: true },
  },
  {
    path: '/write',
    name: 'my-posts',
    component: () => import('@/pages/MyPostsPage.vue'),
    meta: { messages: 'members', requiresSession: true },
  },
  {
    path: '/write/new',
    name: 'post-new',
    component: () => import('@/pages/EditorPage.vue'),
    meta: { messages: 'members', requiresSession: true },
  },
  {
    path: '/write/posts/:slug',
    name: 'post-edit',
    component: () => import('@/pages/EditorPage.vue'),
    props: true,
    meta: { messages: 'members', requiresSession: true },
  },
  { path: '/:path(.*)*', name: 'not-found', component: () => import('@/pages/NotFoundPage.vue') },
]
