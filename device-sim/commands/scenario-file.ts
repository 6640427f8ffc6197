/** A scenario, or another text, as a command is given it: a scenario is a file in its language, or the resolved one of a data package. */
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { InvalidInput } from '../invalid-input.ts'
import { readScenario } from '../scenario/read.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { DOCUMENT_MOST_BYTES, readText as readAll, readTextFile, SCENARIO_MOST_BYTES } from '../text-file.ts'

/** `-` is standard input: a pipe that somebody means, and no file that turns out to be one. */
export function nameOf (file: string): string { return file === '-' ? 'standard input' : file }

/** `file` may be `-`. Throws `InvalidInput` for a file that can't be read, or is larger than a document is. */
export async function readText (file: string, most = DOCUMENT_MOST_BYTES): Promise<string> {
  const read = file === '-' ? await readAll(process.stdin, most) : await readTextFile(file, most)
  if (!read.ok) throw new InvalidInput('FILE_UNREADABLE', `${nameOf(file)} can't be read: ${read.why}`)
  return read.text
}

/** Throws `InvalidInput` for a file that can't be read, and for every fault of the scenario at once. */
export async function scenarioFrom (file: string): Promise<Scenario> {
  return file.endsWith('.json') ? await untouched(await readText(file), file) : readScenario(await readText(file, SCENARIO_MOST_BYTES), nameOf(file))
}

/**
 * `scenario.json` of a package, to run a study again: taken only as it was written, for nothing checks a resolved scenario's
 * numbers. Whoever wants to change them writes the language, which is checked line by line.
 */
async function untouched (text: string, file: string): Promise<Scenario> {
  const beside = await readTextFile(join(dirname(file), 'provenance.json'), DOCUMENT_MOST_BYTES)
  const provenance = beside.ok ? beside.text : ''
  const sha256 = createHash('sha256').update(text).digest('hex')
  if (!provenance.includes(`"scenarioSha256": "${sha256}"`)) throw new InvalidInput('SCENARIO_CHANGED', `${file} is not the scenario that the package beside it was made from: what is changed is written in the scenario language, as YAML`)
  return JSON.parse(text) as Scenario
}
