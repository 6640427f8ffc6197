/** Where a command speaks. Results go to `out`, everything else to `err`. */
export type Output = { readonly out: (text: string) => void, readonly err: (text: string) => void }

/** One result, as one line of JSON or as words. */
export function say (output: Output, json: boolean, result: unknown, words: () => string): void {
  output.out(json ? `${JSON.stringify(result)}\n` : `${words()}\n`)
}

/** Columns of equal width, for people. */
export function table (rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}
