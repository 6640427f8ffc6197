/** A scenario, or another text, as a command is given it: a scenario is a file in its language, or the resolved one of a data package. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InvalidInput } from '../invalid-input.ts'
import { readScenario } from '../scenario/read.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** Throws `InvalidInput` for a file that can't be read. */
export async function readText (file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InvalidInput('FILE_UNREADABLE', `${file} can't be read: ${whyUnread(cause)}`)
  })
}

const unread: Readonly<Record<string, string>> = { ENOENT: 'there is no such file', ENOTDIR: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'this user may not read it' }
function whyUnread (cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed'
  return unread[code] ?? code
}

/** Throws `InvalidInput` for a file that can't be read, and for every fault of the scenario at once. */
export async function scenarioFrom (file: string): Promise<Scenario> {
  const text = await readText(file)
  return file.endsWith('.json') ? await untouched(text, file) : readScenario(text, file)
}

/**
 * `scenario.json` of a package, to run a study again: taken only as it was written, for nothing checks a resolved scenario's
 * numbers. Whoever wants to change them writes the language, which is checked line by line.
 */
async function untouched (text: string, file: string): Promise<Scenario> {
  const provenance = await readFile(join(dirname(file), 'provenance.json'), 'utf8').catch(() => '')
  const sha256 = createHash('sha256').update(text).digest('hex')
  if (!provenance.includes(`"scenarioSha256": "${sha256}"`)) throw new InvalidInput('SCENARIO_CHANGED', `${file} is not the scenario that the package beside it was made from: what is changed is written in the scenario language, as YAML`)
  return JSON.parse(text) as Scenario
}
