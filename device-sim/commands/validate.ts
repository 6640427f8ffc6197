/** `device-sim validate`: whether a scenario can be run, and if not, everything that is wrong with it. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { InvalidInput } from '../invalid-input.ts'
import { scenarioSha256 } from '../scenario/canonical.ts'
import { readScenario } from '../scenario/read.ts'
import { ScenarioInvalid } from '../scenario/reading.ts'
import { EXIT } from './command.ts'
import type { Command, Io } from './command.ts'

const usage = `usage: device-sim validate SCENARIO... [--json]

  Reads each scenario and prints ok with its SHA-256, or every fault as file:line:column key: what and what to change.
  --json prints one JSON object a scenario. Exit: 0 all are valid, 1 one is not.
`

async function run (argv: readonly string[], io: Io): Promise<number> {
  const { files, json } = readArguments(argv)
  let code: number = EXIT.ok
  for (const file of files) {
    try {
      const scenario = readScenario(await readText(file), file)
      const sha256 = scenarioSha256(scenario)
      io.print(json ? JSON.stringify({ file, ok: true, name: scenario.name, sha256 }) : `${file}: ok, ${scenario.name}, SHA-256 ${sha256}`)
    } catch (cause) {
      if (!(cause instanceof InvalidInput)) throw cause
      code = EXIT.invalid
      if (json) io.print(JSON.stringify({ file, ok: false, faults: cause instanceof ScenarioInvalid ? cause.faults : [{ code: cause.code, message: cause.message }] }))
      else io.tell(`${cause.code}: ${cause.message}`)
    }
  }
  return code
}

function readArguments (argv: readonly string[]): { readonly files: readonly string[], readonly json: boolean } {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: { json: { type: 'boolean' } }, allowPositionals: true, strict: true })
    if (positionals.length === 0) throw new InvalidInput('ARGUMENT_COUNT', 'validate needs a scenario: device-sim validate FILE')
    return { files: positionals, json: values.json ?? false }
  } catch (cause) {
    if (cause instanceof InvalidInput) throw cause
    throw new InvalidInput('FLAG_UNKNOWN', cause instanceof Error ? cause.message : 'unreadable arguments')
  }
}

async function readText (file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => { throw new InvalidInput('FILE_UNREADABLE', `${file}: ${cause instanceof Error ? cause.message : 'unreadable'}`) })
}

export const validate: Command = { name: 'validate', does: 'whether a scenario can be run, and if not, everything that is wrong with it', usage, run }
