import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const folder = resolve(import.meta.dirname, '../../../backend')
const python = process.env.BACKEND_PYTHON ?? resolve(folder, '.venv/bin/python')

/** Puts that many comments under a post at once, in the stack's own database; see `backend/tools/threads.py`. */
export async function fillThread(slug: string, comments: number): Promise<void> {
  const code = `from tools.threads import make; make(${JSON.stringify(slug)}, ${comments})`
  await promisify(execFile)(python, ['manage.py', 'shell', '--no-imports', '-c', code], { cwd: folder })
}
