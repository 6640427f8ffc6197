/**
 * Recovery words: made of syllables that every language here can say and write, so that they mean nothing in any of
 * them, betray nothing on a slip of paper, and need no list. Eight words of four letters, 98 bits.
 */
import { randomInt } from 'node:crypto'

const CONSONANTS = 'bdfgklmnprstvz'
const VOWELS = 'aeiou'
export const RECOVERY_WORDS = 8
const WORD_LETTERS = 4
/** Words that somebody would rather not write down. */
const RUDE: ReadonlySet<string> = new Set(['bite', 'bobo', 'kaka', 'kiki', 'lolo', 'mama', 'nana', 'papa', 'pede', 'pipi', 'popo', 'puta', 'pute', 'sida', 'tata', 'titi', 'toto', 'vagi', 'zizi'])

export function makeRecoveryWords (): readonly string[] {
  return Array.from({ length: RECOVERY_WORDS }, makeWord)
}

function makeWord (): string {
  for (;;) {
    const word = syllable() + syllable()
    if (!RUDE.has(word)) return word
  }
}

function syllable (): string {
  return `${CONSONANTS[randomInt(CONSONANTS.length)]}${VOWELS[randomInt(VOWELS.length)]}`
}

/** As people type: capitals, commas, dashes, line ends, or no space at all. null: these can't be such words. */
export function readRecoveryWords (typed: string): string | null {
  const letters = typed.normalize('NFKD').toLowerCase().replace(/[^a-z]/g, '')
  return letters.length === RECOVERY_WORDS * WORD_LETTERS ? letters : null
}
