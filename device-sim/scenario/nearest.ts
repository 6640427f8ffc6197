/** The known word that was probably meant, or null when none is near: at most two slips, and fewer than half of its letters. */
export function nearest (given: string, known: readonly string[]): string | null {
  const lower = given.toLowerCase()
  const [best] = known
    .map((word) => ({ word, slips: slipsBetween(lower, word.toLowerCase()) }))
    .filter(({ word, slips }) => slips <= 2 && slips * 2 < Math.max(word.length, 2))
    .sort((a, b) => a.slips - b.slips)
  return best?.word ?? null
}

export function didYouMean (given: string, known: readonly string[]): string {
  const word = nearest(given.slice(0, 80), known)
  return word === null ? `one of ${known.join(', ')}` : `did you mean "${word}"?`
}

/** Levenshtein's distance: letters put in, left out or changed. */
function slipsBetween (a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
