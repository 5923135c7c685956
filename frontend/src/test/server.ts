import { setupServer } from 'msw/node'

/** Stands for the backend. Each spec says what it answers; an unexpected request fails the spec. */
export const server = setupServer()
