import { known, unique, type Account } from './support/api'
import { expectAccessible } from './support/axe'
import { choose, expectFocusKept, fill, follow, reach } from './support/keyboard'
import { expectNoOverflow } from './support/layout'
import { commentWith, openThread } from './support/people'
import { expect, test, type Page } from './support/test'

/** What one passes is fit to be seen: axe finds nothing, and nothing sticks out. */
async function fit(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectNoOverflow(page)
}

const field = (page: Page) => page.getByLabel('Your comment', { exact: true })
const bell = (page: Page, unread: number) =>
  page.getByRole('banner').getByRole('link', { name: `Notifications, ${unread} unread` })

/** Time goes by on the page, so that it asks for what is new; without a reload, and without waiting for it. */
async function hears(page: Page, news: ReturnType<Page['getByRole']>): Promise<void> {
  await expect(async () => {
    await page.clock.fastForward('01:05')
    await expect(news).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
}

/** Posts what is typed at the beginning of the discussion. */
async function say(page: Page, text: string): Promise<void> {
  await fill(page, field(page), text)
  await follow(page, page.getByRole('button', { name: 'Post the comment' }))
  await expect(commentWith(page, text).getByRole('button', { name: 'Delete' })).toBeVisible()
  await expect(field(page)).toHaveValue('')
  await expectFocusKept(page)
}

async function openInbox(page: Page, unread: number): Promise<void> {
  await follow(page, bell(page, unread))
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Notifications' })).toBeVisible()
  await fit(page)
}

/** From the front page to the moderators' desk. */
async function openDesk(page: Page, name: string): Promise<void> {
  await page.goto('/')
  await choose(page, page.getByRole('button', { name }), page.getByRole('menuitem', { name: /^Moderation/ }))
  await expect(page.getByRole('heading', { level: 1, name: 'Moderation' })).toBeVisible()
  await expectFocusKept(page)
}

for (const width of [1440, 390]) {
  test(`from the first comment to the appeal, by keyboard, ${width} px wide`, async ({
    api,
    another,
    signedIn,
  }) => {
    test.setTimeout(240_000)
    const title = `Worth a word ${unique()}`
    const author = await api.as(known('author'))
    const { slug } = await author.publish({ title, body: 'What do you make of it?' })
    const [ada, ben] = [await api.register(), await api.register()]
    const nobody = async (): Promise<Page> => {
      const page = await (await another()).newPage()
      await page.setViewportSize({ width, height: width < 500 ? 844 : 900 })
      await page.clock.install()
      return page
    }
    const sits = async (account: Account): Promise<Page> => {
      const page = await nobody()
      await signedIn(page.context(), account)
      return page
    }
    const [adas, bens] = [await sits(ada), await sits(ben)]
    const rude = `@${ada.username} knows nothing of it.`

    await test.step('both open the post; one comments', async () => {
      await Promise.all([openThread(adas, slug), openThread(bens, slug)])
      await Promise.all([adas, bens].map((page) => expect(page.getByText('No comments yet.')).toBeVisible()))
      await say(adas, 'It is the tide that does it.')
      await fit(adas)
    })

    await test.step('the other sees it arrive, likes it and replies', async () => {
      const news = bens.getByRole('button', { name: '1 new comment' })
      await hears(bens, news)
      await follow(bens, news)
      const comment = commentWith(bens, 'It is the tide that does it.')
      const like = comment.getByRole('button', { name: /^Like the comment by/ })
      await follow(bens, like)
      await expect(like).toHaveAttribute('aria-pressed', 'true')
      await follow(bens, comment.getByRole('button', { name: `Reply to ${ada.username}` }))
      const reply = bens.getByLabel(`Your reply to ${ada.username}`)
      await expect(reply).toBeFocused()
      await bens.keyboard.type('And the wind.')
      await fit(bens)
      await follow(bens, bens.getByRole('button', { name: 'Post the reply' }))
      await expect(commentWith(bens, 'And the wind.')).toBeFocused()
    })

    await test.step('and names her, whom the list offers', async () => {
      await fill(bens, field(bens), rude.slice(0, 10))
      const offered = bens.getByRole('option', { name: `@${ada.username}` })
      await expect(offered).toHaveAttribute('aria-selected', 'true')
      await expect(field(bens)).toHaveAttribute(
        'aria-activedescendant',
        (await offered.getAttribute('id')) ?? '-',
      )
      await fit(bens)
      await bens.keyboard.press('Enter')
      await expect(field(bens)).toHaveValue(`@${ada.username} `)
      await expect(offered).toBeHidden()
      await bens.keyboard.type('knows nothing of it.')
      await follow(bens, bens.getByRole('button', { name: 'Post the comment' }))
      await expect(commentWith(bens, rude).getByRole('link', { name: `@${ada.username}` })).toBeVisible()
    })

    await test.step('she is told of all three, where she is, and finds them in the inbox', async () => {
      await hears(adas, bell(adas, 3))
      await openInbox(adas, 3)
      const told = adas.getByRole('main').getByRole('listitem')
      await expect(told.filter({ hasText: `${ben.username} replied to you under “${title}”` })).toBeVisible()
      await expect(told.filter({ hasText: `${ben.username} likes your comment` })).toBeVisible()
      await follow(adas, adas.getByRole('link', { name: `${ben.username} mentioned you under “${title}”` }))
      await expect(commentWith(adas, rude)).toBeFocused()
      await expect(bell(adas, 2)).toBeVisible()
    })

    await test.step('she reports it', async () => {
      const menu = commentWith(adas, rude).getByRole('button', { name: /^More about the comment/ })
      await choose(adas, menu, adas.getByRole('menuitem', { name: 'Report' }))
      const dialog = adas.getByRole('dialog', { name: 'Report this comment' })
      await reach(adas, dialog.getByRole('radio', { name: 'Spam' }))
      await adas.keyboard.press('ArrowDown')
      await expect(dialog.getByRole('radio', { name: 'Abuse' })).toBeChecked()
      await fill(adas, dialog.getByLabel('Anything a moderator should know'), 'Not for the first time.')
      await fit(adas)
      await follow(adas, dialog.getByRole('button', { name: 'Report' }))
      const thanks = adas.getByRole('dialog', { name: 'Thank you for the report' })
      await expect(thanks).toBeVisible()
      await fit(adas)
      await follow(adas, thanks.getByRole('button', { name: 'Done' }))
      await expect(thanks).toBeHidden()
      await expect(menu).toBeFocused()
    })

    const moderators = await sits(known('moderator'))
    await test.step('a moderator finds it in the queue, with its reason, and removes it', async () => {
      await openDesk(moderators, 'Robin Moderator')
      const given = moderators.getByRole('article', { name: `${ben.username} under “${title}”` })
      await expect(given).toContainText('Not for the first time.')
      for (let step = 0; step < 20; step += 1) {
        await moderators.keyboard.press('j')
        if (await given.evaluate((element) => element === document.activeElement)) break
      }
      await expect(given).toBeFocused()
      await fit(moderators)
      await moderators.keyboard.press('r')
      await expect(moderators.getByText('Removed.', { exact: true })).toBeVisible()
      await expect(given).toBeHidden()
      await expectFocusKept(moderators)
      await fit(moderators)
    })

    await test.step('nobody reads it any more, and who reported it is told', async () => {
      const guest = await nobody()
      await openThread(guest, slug)
      await expect(commentWith(guest, 'And the wind.')).toBeVisible()
      await expect(guest.getByText('knows nothing of it')).toHaveCount(0)
      await hears(adas, bell(adas, 3))
      await openInbox(adas, 3)
      await follow(
        adas,
        adas.getByRole('link', { name: /^What you reported was looked at, and moderators acted/ }),
      )
      await expect(adas.getByRole('heading', { level: 1, name: 'My reports' })).toBeVisible()
      await expect(adas.getByText('Something was done')).toBeVisible()
      await fit(adas)
    })

    await test.step('its author is told why, and appeals', async () => {
      await hears(bens, bell(bens, 1))
      await openInbox(bens, 1)
      await follow(bens, bens.getByRole('link', { name: `Your comment under “${title}” was removed` }))
      await expect(bens.getByRole('heading', { level: 1, name: 'Decisions about you' })).toBeVisible()
      const decision = bens.getByRole('article', { name: 'Removed' })
      await expect(decision).toContainText('Abuse')
      await fit(bens)
      await follow(bens, decision.getByRole('button', { name: 'Appeal' }))
      await expect(decision.getByLabel('Why should it be looked at again?')).toBeFocused()
      await bens.keyboard.type('It was a quotation.')
      await fit(bens)
      await follow(bens, decision.getByRole('button', { name: 'Send the appeal' }))
      await expect(decision).toContainText('Your appeal waits for another moderator.')
      await expect(decision).toBeFocused()
      await fit(bens)
    })

    const appeal = (page: Page) => page.getByRole('article', { name: `Appeal by ${ben.username}` })
    await test.step('who decided cannot answer', async () => {
      await follow(moderators, moderators.getByRole('link', { name: /^Appeals/ }))
      await expect(appeal(moderators)).toContainText('You decided this: another moderator has to look at it.')
      await expect(appeal(moderators).getByRole('button')).toHaveCount(0)
      await fit(moderators)
    })

    await test.step('a second moderator takes it back', async () => {
      const wardens = await sits(known('warden'))
      await openDesk(wardens, 'Robin Warden')
      await follow(wardens, wardens.getByRole('link', { name: /^Appeals/ }))
      await expect(appeal(wardens)).toContainText('It was a quotation.')
      await fit(wardens)
      await fill(wardens, appeal(wardens).getByLabel(/^For the person concerned/), 'So it was.')
      await follow(wardens, appeal(wardens).getByRole('button', { name: 'Take it back' }))
      await expect(wardens.getByText('The decision is taken back.', { exact: true })).toBeVisible()
      await expectFocusKept(wardens)
      await fit(wardens)
    })

    await test.step('its author is told, and the comment is there again', async () => {
      await hears(bens, bell(bens, 1))
      await openInbox(bens, 1)
      await follow(
        bens,
        bens.getByRole('link', { name: 'Your appeal was looked at: the decision is taken back' }),
      )
      await expect(bens.getByRole('article', { name: 'Removed' })).toContainText(
        'the decision was taken back',
      )
      await fit(bens)
      const guest = await nobody()
      await openThread(guest, slug)
      await expect(commentWith(guest, rude)).toBeVisible()
      await fit(guest)
    })
  })
}
