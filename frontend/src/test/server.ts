import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

const presence = '*/api/v1/posts/:slug/presence'

/**
 * Stands for the backend. Each spec says what it answers; an unexpected request fails the spec. Only that a post is
 * open is told at any time, also when a spec is over: nobody else has it open; and members like nothing yet.
 */
export const server = setupServer(
  http.put(presence, () => HttpResponse.json({ others: [], own_tabs: 1 })),
  http.delete(presence, () => new HttpResponse(null, { status: 204 })),
  http.get('*/api/v1/posts/:slug/my-reactions', () =>
    HttpResponse.json({ liked: false, bookmarked: false, liked_comments: [] }),
  ),
)
