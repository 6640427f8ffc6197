/** Counts what really ran: the leaves of a TAP stream, not the summaries that tap puts above them. */
import type { Readable } from 'node:stream'
import { Parser } from 'tap-parser'
import type { FinalResults, Result } from 'tap-parser'

export type Failure = { readonly name: string, readonly diagnosis: string }

export type Tally = {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
  readonly failures: readonly Failure[]
}

export type FileDone = { readonly file: string, readonly ok: boolean, readonly count: number, readonly timeMs: number }

/**
 * Reads TAP to its end. `fileDone` hears of each top-level subtest, which is one test file.
 * A leaf marked `todo` counts as failed: a promise is not a test. A stream that breaks TAP's own rules (a plan not
 * kept, a bail-out, an end in the middle) counts as one failure more when no leaf failed.
 */
export async function tallyOf (tap: Readable, fileDone: (done: FileDone) => void = () => {}): Promise<Tally> {
  let passed = 0
  const skipped: string[] = []
  const failures: Failure[] = []
  const parser = new Parser()
  const fail = (result: Result): void => { failures.push({ name: result.fullname || result.name, diagnosis: diagnosisOf(result) }) }
  parser.on('pass', () => { passed++ })
  parser.on('fail', fail)
  parser.on('todo', fail)
  parser.on('skip', (result) => { skipped.push(`${result.name}${typeof result.skip === 'string' ? `: ${result.skip}` : ''}`) })
  parser.on('child', (child) => {
    child.on('complete', (results: FinalResults) => {
      // A file that could not even start has an empty stream, which is in order as TAP goes. One skipped whole says why.
      const isEmpty = results.count === 0 && ['', 'no tests found'].includes(results.plan.skipReason)
      fileDone({ file: child.name, ok: results.ok && !isEmpty, count: results.count, timeMs: results.time ?? 0 })
    })
  })
  const whole = new Promise<boolean>((resolve) => { parser.on('complete', (results) => { resolve(results.ok) }) })
  for await (const chunk of tap) parser.write(String(chunk))
  parser.end()
  const ok = await whole
  if (!ok && failures.length === 0) failures.push({ name: 'the test run', diagnosis: 'the TAP stream is not whole: a plan was not kept, or a test file ended in the middle' })
  return { passed, failed: failures.length, skipped, failures }
}

function diagnosisOf (result: Result): string {
  const said = result.diag as Record<string, unknown> | null | undefined
  if (said === null || said === undefined) return ''
  return Object.entries(said)
    .map(([key, value]) => `  ${key}: ${typeof value === 'string' ? value.trimEnd().replaceAll('\n', '\n    ') : JSON.stringify(value)}`)
    .join('\n')
}
