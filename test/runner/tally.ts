/** Counts what really ran: the leaves of a TAP stream, not the summaries that tap puts above them. */
import type { Readable } from 'node:stream'
import { Parser } from 'tap-parser'
import type { Result } from 'tap-parser'

export type Failure = { readonly name: string, readonly diagnosis: string }

export type Tally = {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
  readonly failures: readonly Failure[]
}

/**
 * Reads the TAP of one test file to its end. A leaf marked `todo` counts as failed: a promise is not a test. A stream that
 * breaks TAP's own rules (a plan not kept, a bail-out, an end in the middle) counts as one failure more when no leaf failed,
 * and so does one in which nothing ran, unless it says why the file was skipped whole.
 */
export async function tallyOf (file: string, tap: Readable): Promise<Tally> {
  let passed = 0
  const skipped: string[] = []
  const failures: Failure[] = []
  const parser = new Parser()
  const fail = (result: Result): void => { failures.push({ name: `${file} > ${result.fullname || result.name}`, diagnosis: diagnosisOf(result) }) }
  parser.on('pass', () => { passed++ })
  parser.on('fail', fail)
  parser.on('todo', fail)
  parser.on('skip', (result) => { skipped.push(`${result.name}${typeof result.skip === 'string' ? `: ${result.skip}` : ''}`) })
  const whole = new Promise<{ readonly ok: boolean, readonly count: number, readonly why: string }>((resolve) => {
    parser.on('complete', ({ ok, count, plan }) => { resolve({ ok, count, why: plan.skipReason.replace(/^skip\S*\s*/i, '') }) })
  })
  for await (const chunk of tap) parser.write(String(chunk))
  parser.end()
  const { ok, count, why } = await whole
  if (!ok && failures.length === 0) failures.push({ name: file, diagnosis: '  the TAP stream is not whole: a plan was not kept, or it ended in the middle' })
  // A file that could not even start has an empty stream, which is in order as TAP goes. One skipped whole says why.
  else if (count === 0 && ['', 'no tests found'].includes(why)) failures.push({ name: file, diagnosis: '  not one test of this file ran' })
  else if (count === 0) skipped.push(`${file}: ${why}`)
  return { passed, failed: failures.length, skipped, failures }
}

function diagnosisOf (result: Result): string {
  const said = result.diag as Record<string, unknown> | null | undefined
  if (said === null || said === undefined) return ''
  return Object.entries(said)
    .map(([key, value]) => `  ${key}: ${typeof value === 'string' ? value.trimEnd().replaceAll('\n', '\n    ') : JSON.stringify(value)}`)
    .join('\n')
}
