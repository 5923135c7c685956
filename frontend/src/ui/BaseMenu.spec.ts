import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'

import { render } from '@/test/render'

import BaseMenu from './BaseMenu.vue'

const slots = {
  trigger: 'Open',
  default: '<button role="menuitem">One</button><button role="menuitem">Two</button>',
}
const renderMenu = async () => {
  await render(BaseMenu, { props: { label: 'Actions' }, slots })
  return { user: userEvent.setup(), trigger: screen.getByRole('button', { name: 'Actions' }) }
}

describe('BaseMenu', () => {
  it('opens by keyboard, moves round with the arrows and gives the focus back', async () => {
    const { user, trigger } = await renderMenu()
    trigger.focus()

    await user.keyboard('{ArrowDown}')
    expect(screen.getByRole('menuitem', { name: 'One' })).toHaveFocus()
    expect(trigger).toHaveAttribute('aria-expanded', 'true')
    await user.keyboard('{ArrowUp}')
    expect(screen.getByRole('menuitem', { name: 'Two' })).toHaveFocus()
    await user.keyboard('{Escape}')

    expect(screen.queryByRole('menu')).not.toBeInTheDocument()
    expect(trigger).toHaveFocus()
  })

  it('closes when one presses elsewhere', async () => {
    const { user, trigger } = await renderMenu()
    await user.click(trigger)
    expect(screen.getByRole('menu')).toBeVisible()

    await user.click(document.body)

    expect(screen.queryByRole('menu')).not.toBeInTheDocument()
  })
})
