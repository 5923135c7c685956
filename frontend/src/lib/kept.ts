import { storage } from './storage'

/** Words that were typed into a form and not sent yet, kept on this device under the name of their place. */
export function keptWords(place: string) {
  const key = `byline.words.${place}`
  return {
    read: (): string => storage.read(key) ?? '',
    write: (words: string): boolean => storage.write(key, words.trim() === '' ? null : words),
    forget: (): boolean => storage.write(key, null),
  }
}
