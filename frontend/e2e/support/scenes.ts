import { known, unique, type Api } from './api'
import { linkFor } from './mail'

/** What was said, so that the screens of conversation and moderation have something to show. */
interface Said {
  readonly slug: string
  readonly id: number
}

/** A comment under a post of its own. */
async function said(api: Api, who: Api, body: string): Promise<Said> {
  const author = await api.as(known('author'))
  const { slug } = await author.publish({ title: `What the tide leaves ${unique()}`, body: 'And takes.' })
  return { slug, id: (await who.comment(slug, body)).id }
}

/** Somebody answers the reader, names them and likes what they said. */
export async function talkedTo(api: Api): Promise<void> {
  const account = known('reader')
  const { slug, id } = await said(api, await api.as(account), 'Is it the moon alone?')
  const other = await api.as(await api.register())
  await other.comment(slug, 'The sun has its part in it, though the smaller one.', id)
  await other.comment(slug, `See @${account.username} above.`)
  await other.like(`/comments/${id}`)
}

/** The reader has something to read later. */
export async function kept(api: Api, slugs: readonly string[]): Promise<void> {
  const reader = await api.as(known('reader'))
  for (const slug of slugs) await reader.keep(slug)
}

/** The reader has reported a reply, which waits for a moderator. */
export async function reported(api: Api): Promise<Said> {
  const other = await api.as(await api.register())
  const reader = await api.as(known('reader'))
  const { slug, id } = await said(api, reader, 'Is it the moon alone?')
  const { id: reply } = await other.comment(
    slug,
    'Only a **fool** asks that. It is [the moon](https://example.org/moon).',
    id,
  )
  await reader.report(reply, 'abuse', 'Not for the first time.')
  return { slug, id: reply }
}

/** The same, and it is removed. */
export async function decided(api: Api): Promise<void> {
  const { id } = await reported(api)
  await (await api.as(known('warden'))).decide(id, 'remove', { reason: 'abuse', note: 'Be kind, please.' })
}

/** Something of the reader's is removed, which they may appeal, and something else, which they have appealed. */
export async function removed(api: Api): Promise<void> {
  const reader = await api.as(known('reader'))
  const warden = await api.as(known('warden'))
  const given = { reason: 'off_topic', note: 'Better said under the post on clocks.' }
  for (const text of ['What time is it?', 'And what day?']) {
    const { id } = await said(api, reader, text)
    const number = await warden.decide(id, 'remove', given)
    if (text === 'And what day?') await reader.appeal(number, 'Tides and days belong together.')
  }
}

/** The way out of a mail that tells of a reply. */
export async function wayOut(api: Api): Promise<string> {
  const account = await api.register()
  const { slug, id } = await said(api, await api.as(account), 'Is it the moon alone?')
  await (await api.as(known('author'))).comment(slug, 'Not quite.', id)
  return linkFor(`${account.username}@example.org`, /\/unsubscribe#\S+/)
}
