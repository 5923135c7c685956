/** What the build writes into the worker (scripts/worker.js). */
declare const __WORKER_VERSION__: string
/** Addresses of the files that make up the program for readers; those named by their content come first. */
declare const __WORKER_FILES__: readonly string[]
/** The page without any content, which opens every address of the program. */
declare const __WORKER_SHELL__: string

export const version = __WORKER_VERSION__
export const files = __WORKER_FILES__
export const shell = __WORKER_SHELL__
