import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { expect } from '@playwright/test'

const folder = process.env.MAIL_DIR ?? ''

/** The mails to this address, oldest first, as they were sent. */
export async function mailsTo(address: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const mails = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      return { text: await readFile(path, 'utf8'), at: (await stat(path)).mtimeMs }
    }),
  )
  return mails
    .filter(({ text }) => new RegExp(`^To: .*${address.replaceAll('.', '\\.')}`, 'm').test(text))
    .toSorted((one, other) => one.at - other.at)
    .map(({ text }) => text)
}

const codeIn = (mail: string): string | undefined => /^\s+(\d{4} \d{4})\s*$/m.exec(mail)?.[1]

/** Waits for the next code that is sent to the address; `known` are those that came before. */
export async function codeFor(address: string, known: readonly string[] = []): Promise<string> {
  let code: string | undefined
  await expect(async () => {
    const codes = (await mailsTo(address)).map(codeIn).filter((found) => found !== undefined)
    code = codes.findLast((found) => !known.includes(found))
    expect(code, `a code for ${address}`).toBeDefined()
  }).toPass({ timeout: 20_000 })
  return code ?? ''
}

/** Waits for a mail to the address that says this. */
export async function mailSaying(address: string, words: RegExp): Promise<void> {
  await expect(async () => {
    const mails = await mailsTo(address)
    expect(
      mails.some((mail) => words.test(mail)),
      `a mail to ${address} that says ${words}`,
    ).toBe(true)
  }).toPass({ timeout: 20_000 })
}

/** Waits for a mail to the address with such a link; answers its path. */
export async function linkFor(address: string, link: RegExp): Promise<string> {
  let found: string | undefined
  await expect(async () => {
    const mails = await mailsTo(address)
    found = mails.map((mail) => link.exec(mail)?.[0]).find((path) => path !== undefined)
    expect(found, `a mail to ${address} with ${link}`).toBeDefined()
  }).toPass({ timeout: 20_000 })
  return found ?? ''
}
