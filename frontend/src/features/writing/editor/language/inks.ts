import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { tags } from '@lezer/highlight'

/** What the text is, as classes; surface.css and code.css give them their look. */
export const inks = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.emphasis, class: 'md-em' },
    { tag: tags.strong, class: 'md-strong' },
    { tag: tags.strikethrough, class: 'md-strike' },
    { tag: tags.url, class: 'md-url' },
    { tag: tags.escape, class: 'md-escape' },
    { tag: [tags.processingInstruction, tags.contentSeparator], class: 'md-mark' },
    { tag: [tags.comment, tags.meta], class: 'ink-quiet' },
    { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.tagName], class: 'ink-word' },
    {
      tag: [
        tags.function(tags.variableName),
        tags.typeName,
        tags.className,
        tags.namespace,
        tags.standard(tags.name),
      ],
      class: 'ink-name',
    },
    { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.inserted], class: 'ink-text' },
    {
      tag: [tags.number, tags.bool, tags.null, tags.atom, tags.attributeName, tags.labelName],
      class: 'ink-value',
    },
    { tag: [tags.invalid, tags.deleted], class: 'ink-wrong' },
  ]),
)
