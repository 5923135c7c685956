import { fireEvent } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'

import { render } from '@/test/render'

import BaseAvatar from './BaseAvatar.vue'

const ours = '/media/avatars/3f0c/192.webp'
const draw = async (props: Record<string, unknown>) => {
  const { container } = await render(BaseAvatar, { props: { name: 'Ada Byron', ...props } })
  return {
    container,
    image: () => container.querySelector('img'),
    source: () => container.querySelector('source'),
  }
}

describe('BaseAvatar', () => {
  it('shows the first letters of the name where there is no picture', async () => {
    const { container, image } = await draw({})

    expect(container).toHaveTextContent('AB')
    expect(image()).toBeNull()
  })

  it('offers our own pictures in the sizes and formats that there are', async () => {
    const { image, source } = await draw({ url: ours, size: 'small' })

    expect(source()).toHaveAttribute('type', 'image/avif')
    expect(source()?.getAttribute('srcset')).toContain('/media/avatars/3f0c/48.avif 48w')
    expect(image()?.getAttribute('srcset')).toContain('/media/avatars/3f0c/384.webp 384w')
    expect(image()).toHaveAttribute('sizes', '28px')
  })

  it('shows the letters when the picture can’t be had', async () => {
    const { container, image } = await draw({ url: ours })
    await fireEvent.error(image() ?? container)

    expect(image()).toBeNull()
    expect(container).toHaveTextContent('AB')
  })

  it('takes a picture from elsewhere as it is', async () => {
    const { image, source } = await draw({ url: 'https://pictures.example/ada.png' })

    expect(source()).toBeNull()
    expect(image()).not.toHaveAttribute('srcset')
  })
})
