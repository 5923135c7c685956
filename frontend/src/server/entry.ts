import './environment'

import { renderDocument, type Rendered, type Wanted } from './render'
import { Requests } from './requests'

/** How the backend makes documents: it starts a render, answers what that asks for, and takes what comes of it. */
type State = { state: 'waiting' } | ({ state: 'done' } & Rendered) | { state: 'failed'; error: string }

interface Job {
  readonly requests: Requests
  state: State
}

const jobs = new Map<number, Job>()
let count = 0

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

function start(wanted: string): number {
  const requests = new Requests()
  const job: Job = { requests, state: { state: 'waiting' } }
  requests.listen()
  renderDocument(JSON.parse(wanted) as Wanted).then(
    (rendered) => (job.state = { state: 'done', ...rendered }),
    (error: unknown) => (job.state = { state: 'failed', error: describe(error) }),
  )
  jobs.set(++count, job)
  return count
}

function poll(id: number): string {
  const job = jobs.get(id)
  if (!job) return JSON.stringify({ state: 'failed', error: 'There is no such render.' })
  return JSON.stringify({ ...job.state, requests: job.requests.waiting() })
}

function answer(id: number, n: number, given: string): void {
  const { status, body } = JSON.parse(given) as { status: number; body: string }
  jobs.get(id)?.requests.answer(n, status, body)
}

const drop = (id: number): void => void jobs.delete(id)

Object.assign(globalThis, { byline: { start, poll, answer, drop } })
