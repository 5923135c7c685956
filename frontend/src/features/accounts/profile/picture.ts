/** How large a picture of a person may be, in bytes. */
export const largest = 10 * 1024 * 1024
