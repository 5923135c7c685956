import { calloutKinds } from './in-place/blocks'
import type { Words } from './in-place/words'
import { useEditorMessages } from './useEditorMessages'

/** What is said within the text, and what CodeMirror says itself, in the language of the interface. */
export function useEditorWords(): { words: Words; phrases: Record<string, string> } {
  const { t } = useEditorMessages()
  const titles = new Map(calloutKinds.map((kind) => [kind as string, t(`editor.callouts.${kind}`)]))
  return {
    words: {
      task: t('editor.task'),
      table: t('editor.table'),
      image: {
        broken: t('editor.image.broken'),
        refused: t('editor.image.refused'),
        noAlt: t('editor.image.noAlt'),
        decorative: t('editor.image.decorative'),
      },
      callout: (kind) => titles.get(kind) ?? kind,
    },
    phrases: {
      Completions: t('editor.phrases.completions'),
      'Control character': t('editor.phrases.controlCharacter'),
      'Selection deleted': t('editor.phrases.selectionDeleted'),
      'current match': t('editor.phrases.currentMatch'),
      'on line': t('editor.phrases.onLine'),
      'replaced match on line $': t('editor.phrases.replacedMatch'),
      'replaced $ matches': t('editor.phrases.replacedMatches'),
    },
  }
}
