const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Shows a text as it was typed, until the server has rendered it. */
export const plainHtml = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign).replaceAll('\n', '<br>'),
    )
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('')

/** A text as a quotation in Markdown, with an empty line after it to go on writing. */
export const quoteOf = (text: string): string => {
  const lines = text.trim().split(/\r?\n/)
  return `${lines.map((line) => (line ? `> ${line}` : '>')).join('\n')}\n\n`
}
