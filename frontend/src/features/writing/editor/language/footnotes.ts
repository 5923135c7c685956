import { tags } from '@lezer/highlight'
import type { BlockContext, LeafBlock, LeafBlockParser, MarkdownConfig } from '@lezer/markdown'

const definition = /^\[\^[^\]\s]+\]:/
const reference = /^\[\^[^\]\s]+\]/

class Definition implements LeafBlockParser {
  nextLine(): boolean {
    return false
  }

  finish(context: BlockContext, leaf: LeafBlock): boolean {
    const label = definition.exec(leaf.content)?.[0].length ?? 0
    const text = context.parser.parseInline(leaf.content.slice(label), leaf.start + label)
    context.addLeafElement(
      leaf,
      context.elt('FootnoteDefinition', leaf.start, leaf.start + leaf.content.length, [
        context.elt('FootnoteLabel', leaf.start, leaf.start + label),
        ...text,
      ]),
    )
    return true
  }
}

/** `[^label]` in the text, and `[^label]: what it says` below. */
export const footnotes: MarkdownConfig = {
  defineNodes: [
    { name: 'FootnoteReference', style: tags.labelName },
    { name: 'FootnoteDefinition', block: true },
    { name: 'FootnoteLabel', style: tags.labelName },
  ],
  parseBlock: [
    {
      name: 'FootnoteDefinition',
      leaf: (_context, leaf) => (definition.test(leaf.content) ? new Definition() : null),
      endLeaf: (_context, line) => definition.test(line.text.slice(line.pos)),
      before: 'LinkReference',
    },
  ],
  parseInline: [
    {
      name: 'FootnoteReference',
      parse(context, next, position) {
        if (next !== 91 /* [ */ || context.char(position + 1) !== 94 /* ^ */) return -1
        const found = reference.exec(context.slice(position, Math.min(position + 120, context.end)))
        if (!found) return -1
        return context.addElement(context.elt('FootnoteReference', position, position + found[0].length))
      },
      before: 'Link',
    },
  ],
}
