import { spawn, type ChildProcess } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'

/** Repeatable numbers from 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

interface Running {
  readonly pid: number
  readonly command: readonly string[]
  readonly environment: Record<string, string>
  readonly folder: string
}

const parts = (text: string): string[] => text.split('\0').filter((part) => part !== '')

async function running(pid: number): Promise<Running> {
  const folder = `/proc/${pid}`
  const variables = parts(await readFile(`${folder}/environ`, 'utf8'))
  return {
    pid,
    command: parts(await readFile(`${folder}/cmdline`, 'utf8')),
    environment: Object.fromEntries(
      variables.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
    folder: await readlink(`${folder}/cwd`),
  }
}

/** The web process itself, which can be killed and started again as it was. Linux only: it reads /proc. */
export class WebProcess {
  private own: ChildProcess | undefined

  constructor(private readonly address: string) {}

  /** Kills it, with all that it has started, in the middle of whatever it does. Answers how to start it again. */
  async kill(): Promise<() => Promise<void>> {
    const found = await this.find()
    process.kill(-found.pid, 'SIGKILL')
    return async () => {
      const [program, ...rest] = found.command
      this.own = spawn(program ?? '', rest, {
        cwd: found.folder,
        env: found.environment,
        detached: true,
        stdio: 'ignore',
      })
      await this.ready()
    }
  }

  /** Ends what this has started. */
  stop(): void {
    if (this.own?.pid) process.kill(-this.own.pid, 'SIGKILL')
  }

  private async find(): Promise<Running> {
    const { port } = new URL(this.address)
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name)) continue
      const command = parts(await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => ''))
      const at = command.indexOf('--port')
      if (at === -1 || command[at + 1] !== port || !command.includes('config.wsgi:application')) continue
      const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
      const group = status.slice(status.lastIndexOf(')') + 2).split(' ')[2]
      // The leader of its group: the others are its workers.
      if (group === name) return running(Number(name))
    }
    throw new Error(`no web process on port ${port}`)
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      const answer = await fetch(`${this.address}/readyz`).catch(() => null)
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('the web process does not come back')
  }
}
