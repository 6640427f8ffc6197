/** A scenario, or another text, as a command is given it. */
import { readFile } from 'node:fs/promises'
import { InvalidInput } from '../invalid-input.ts'
import { readScenario } from '../scenario/read.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** Throws `InvalidInput` for a file that can't be read. */
export async function readText (file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InvalidInput('FILE_UNREADABLE', `${file} can't be read: ${cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed'}`)
  })
}

/** Throws `InvalidInput` for a file that can't be read, and for every fault of the scenario at once. */
export async function scenarioFrom (file: string): Promise<Scenario> { return readScenario(await readText(file), file) }
