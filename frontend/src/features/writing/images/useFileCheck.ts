import { fileSize, pictureTypes } from '@/lib/pictures'

import { largest } from './image'
import { useImageMessages } from './useImageMessages'

/** What can be seen of a file without sending it: no picture, too large. Empty if nothing is against it. */
export function useFileCheck() {
  const { t, locale } = useImageMessages()
  return (file: File): string => {
    const { name } = file
    if (!pictureTypes.includes(file.type)) return t('images.kind', { name })
    if (file.size === 0) return t('images.empty', { name })
    if (file.size <= largest) return ''
    const size = fileSize(file.size, locale.value)
    return t('images.large', { name, size, most: fileSize(largest, locale.value) })
  }
}
