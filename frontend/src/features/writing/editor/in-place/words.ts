/** What is said within the text, in the language of the interface. */
export interface Words {
  readonly task: string
  readonly image: {
    readonly broken: string
    readonly refused: string
    readonly noAlt: string
    readonly decorative: string
  }
  readonly table: string
  /** The title of a callout of this kind. */
  readonly callout: (kind: string) => string
}
