/** Whether an account is gone and only its words are left. Nobody else can have such a username. */
export const isDeletedUser = (username: string): boolean => /^deleted-\d+$/.test(username)
