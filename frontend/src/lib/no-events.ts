// Stands in for the generated client's event streams, by an alias in vite.config.ts: the API has none.
export const createSseClient = (): never => {
  throw new Error('The API has no event streams; drop the alias in vite.config.ts if it gets some.')
}
