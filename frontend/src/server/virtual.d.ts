declare module 'virtual:reader-assets' {
  interface Part {
    readonly script: string
    readonly imports: readonly string[]
    /** The catalogues that it asks for, in all languages. */
    readonly messages: readonly string[]
    readonly css: readonly { readonly file: string; readonly text: string }[]
    /** What every page begins with, the program itself first. */
    readonly scripts?: readonly string[]
  }
  /** The build that readers fetch, by the names of its parts. */
  export const assets: Readonly<Record<string, Part>>
  /** What runs before the first paint. */
  export const theme: string
  /** What fetches the program, with FILES where their list belongs. */
  export const begin: string
}
