/** The version of the wording `door.forwards` that is signed: new words, a new number. */
export const NEVER_FORWARDS = 'never-forwards/1'
