import type {
  ArchiveMonth,
  Category,
  Comment,
  Image,
  Me,
  Page,
  Post,
  PostSummary,
  ShownCover,
  Site,
  Tag,
  User,
} from '@/api'

let count = 0
const moment = '2026-03-14T09:26:00Z'

export const makeSite = (given: Partial<Site> = {}): Site => ({
  name: 'The Quiet Hour',
  description: 'Essays on slow things',
  logo_url: '',
  icon_url: '',
  share_image_url: '',
  navigation: [],
  footer_text: '',
  language: 'en',
  accent_color: '',
  url: 'http://localhost:3000',
  registration_open: true,
  comment_edit_minutes: 60,
  version: 1,
  ...given,
})

/** A picture of the site's own, in two sizes of two kinds. */
export const makeCover = (given: Partial<ShownCover> = {}): ShownCover => ({
  url: '/media/images/1/image.jpg',
  alt: '',
  width: 1600,
  height: 1000,
  placeholder: 'data:image/webp;base64,UklGRg==',
  renditions: [320, 960].flatMap((width) =>
    ['avif', 'webp'].map((kind) => ({
      url: `/media/images/1/${width}.${kind}`,
      type: `image/${kind}`,
      width,
      height: (width * 5) / 8,
    })),
  ),
  ...given,
})

export function makePostSummary(given: Partial<PostSummary> = {}): PostSummary {
  const id = ++count
  return {
    id,
    slug: `post-${id}`,
    title: `Post ${id}`,
    excerpt: `What post ${id} is about.`,
    cover: null,
    author: { username: 'ada', display_name: 'Ada Byron', avatar_url: '' },
    co_authors: [],
    tags: [{ slug: 'maps', name: 'Maps' }],
    category: { slug: 'craft', name: 'Craft' },
    series: null,
    status: 'published',
    featured: false,
    published_at: moment,
    created_at: moment,
    updated_at: moment,
    reading_minutes: 4,
    comment_count: 0,
    like_count: 0,
    language: 'en',
    canonical_url: '',
    comment_policy: 'open',
    version: 1,
    url: `http://localhost:3000/posts/post-${id}`,
    ...given,
  }
}

export const makePost = (given: Partial<Post> = {}): Post => ({
  ...makePostSummary(),
  body: 'The body.',
  body_format: 'markdown',
  body_html: '<p>The body.</p>',
  description: 'The body.',
  ...given,
})

export const makeComment = (given: Partial<Comment> = {}): Comment => ({
  id: ++count,
  parent: null,
  depth: 0,
  author: { username: 'grace', display_name: 'Grace Hopper', avatar_url: '' },
  guest_name: '',
  guest_url: '',
  body: 'A remark.',
  body_html: '<p>A remark.</p>',
  status: 'visible',
  created_at: moment,
  edited_at: null,
  like_count: 0,
  reply_count: 0,
  more_replies: null,
  version: 1,
  ...given,
})

export const makeMe = (given: Partial<Me> = {}): Me => ({
  id: ++count,
  username: 'ada',
  email: 'ada@example.org',
  email_verified: true,
  display_name: 'Ada Byron',
  bio: '',
  avatar_url: '',
  website: '',
  language: '',
  links: [],
  roles: ['reader'],
  permissions: [],
  has_password: true,
  has_second_factor: false,
  second_factor_required: false,
  deletion_due_at: null,
  silenced_until: null,
  post_count: 0,
  comment_count: 0,
  follower_count: 0,
  created_at: moment,
  version: 1,
  ...given,
})

export const makeUser = (given: Partial<User> = {}): User => ({
  username: 'ada',
  display_name: 'Ada Byron',
  bio: 'Writes about engines.',
  avatar_url: '',
  website: '',
  links: [],
  post_count: 3,
  comment_count: 1,
  follower_count: 0,
  created_at: moment,
  url: 'http://localhost:3000/authors/ada',
  ...given,
})

export const makeTag = (given: Partial<Tag> = {}): Tag => ({
  slug: 'maps',
  name: 'Maps',
  description: '',
  post_count: 2,
  ...given,
})

export const makeCategory = (given: Partial<Category> = {}): Category => ({
  slug: 'craft',
  name: 'Craft',
  description: '',
  parent: null,
  depth: 0,
  post_count: 2,
  ...given,
})

export const makePage = (given: Partial<Page> = {}): Page => ({
  slug: 'about',
  title: 'About',
  body: 'Who we are.',
  body_format: 'markdown',
  body_html: '<p>Who we are.</p>',
  description: 'Who we are.',
  in_navigation: true,
  language: 'en',
  url: 'http://localhost:3000/pages/about',
  updated_at: moment,
  version: 1,
  ...given,
})

export const makeArchiveMonth = (given: Partial<ArchiveMonth> = {}): ArchiveMonth => ({
  year: 2026,
  month: 3,
  post_count: 2,
  ...given,
})

export function makeImage(given: Partial<Image> = {}): Image {
  const id = ++count
  return {
    id,
    url: `/media/images/${id}/1600.webp`,
    width: 1600,
    height: 1067,
    alt: '',
    name: `picture-${id}.jpg`,
    bytes: 2_400_000,
    placeholder: 'data:image/webp;base64,UklGRg==',
    state: 'ready',
    renditions: [],
    created_at: moment,
    ...given,
  }
}
