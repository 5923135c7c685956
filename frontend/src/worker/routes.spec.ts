import { describe, expect, it } from 'vitest'

import { documentKey, folderOf, isBare, isPage, routeOf } from './routes'

const origin = 'https://example.org'
const files = ['/theme.js', '/favicon.svg']
const asked = (path: string, given: Partial<Parameters<typeof routeOf>[0]> = {}) =>
  routeOf({ method: 'GET', mode: 'cors', destination: '', url: origin + path, ...given }, origin, files)
const visited = (path: string) => asked(path, { mode: 'navigate', destination: 'document' })

describe('routeOf', () => {
  it('answers pages, whatever their names', () => {
    expect(visited('/')).toBe('document')
    expect(visited('/posts/on-engines?utm_source=x')).toBe('document')
    expect(visited('/authors/ada.byron')).toBe('document')
    expect(visited('/reading-list')).toBe('document')
  })

  it('leaves alone what is no page of the app', () => {
    for (const path of ['/api/docs', '/admin/', '/static/a.css', '/media/a.pdf', '/feed.rss', '/robots.txt'])
      expect(visited(path), path).toBeUndefined()
    expect(visited('/tags/maps/feed.atom')).toBeUndefined()
    expect(visited('/sitemaps/posts-1.xml')).toBeUndefined()
  })

  it('never answers for the API, for writes, or for others', () => {
    expect(asked('/api/v1/posts/a')).toBeUndefined()
    expect(asked('/assets/a-12345678.js', { method: 'POST' })).toBeUndefined()
    expect(asked('', { url: 'https://elsewhere.example/assets/a.js' })).toBeUndefined()
  })

  it('knows parts, files and pictures', () => {
    expect(asked('/assets/a-12345678.js')).toBe('part')
    expect(asked('/theme.js')).toBe('file')
    expect(asked('/manifest.webmanifest')).toBeUndefined()
    expect(asked('/media/images/1/1600.webp', { destination: 'image' })).toBe('picture')
    expect(asked('/media/export.zip')).toBeUndefined()
  })
})

describe('documentKey', () => {
  it('forgets where somebody came from, and keeps what is asked for', () => {
    expect(documentKey(`${origin}/?tag=maps&utm_source=mail&fbclid=1#comments`)).toBe(`${origin}/?tag=maps`)
  })
})

it('tells pages that hold only the program from those with something to read', () => {
  expect(isBare('/reading-list')).toBe(true)
  expect(isBare('/write/posts/a')).toBe(true)
  expect(isBare('/posts/write')).toBe(false)
  expect(isPage('/posts/write')).toBe(true)
})

it('finds the folder that holds all sizes of an image', () => {
  expect(folderOf(`${origin}/media/images/abc/800.webp`)).toBe(`${origin}/media/images/abc/`)
})
