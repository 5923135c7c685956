import { describe, expect, it } from 'vitest'

import { toProblemError } from './problem'

describe('toProblemError', () => {
  it('reads a problem document', () => {
    const error = toProblemError(
      {
        title: 'Invalid input',
        detail: 'Look at the fields.',
        code: 'invalid',
        request_id: 'r-1',
        errors: [{ pointer: '/title', detail: 'Too long.', code: 'max_length' }, 'nonsense'],
      },
      new Response(null, { status: 400 }),
    )

    expect(error.status).toBe(400)
    expect(error.requestId).toBe('r-1')
    expect(error.errors).toEqual([{ pointer: '/title', detail: 'Too long.', code: 'max_length' }])
    expect(error.message).toBe('Invalid input: Look at the fields.')
  })

  it('makes do with what a proxy answers', () => {
    const headers = { 'X-Request-ID': 'r-2', 'Retry-After': '7' }
    const error = toProblemError('<html>', new Response(null, { status: 502, headers }))

    expect(error.title).toBe('HTTP 502')
    expect(error.requestId).toBe('r-2')
    expect(error.retryAfter).toBe(7)
    expect(error.errors).toEqual([])
  })
})
