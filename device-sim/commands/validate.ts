/** `device-sim validate`: whether a scenario can be run, and if not, everything that is wrong with it. */
import { InvalidInput } from '../invalid-input.ts'
import { scenarioSha256 } from '../scenario/canonical.ts'
import { ScenarioInvalid } from '../scenario/reading.ts'
import { scenarioSchemaText } from '../scenario/schema.ts'
import { EXIT } from './command.ts'
import type { Command, Io } from './command.ts'
import { parse } from './option-values.ts'
import { scenarioFrom } from './scenario-file.ts'

const usage = `usage: device-sim validate SCENARIO... [--json]
       device-sim validate --schema

  Reads each scenario (- is standard input) and prints ok with its SHA-256, or every fault as file:line:column key: what and what to change.

  --json      one JSON object a scenario, with each fault's code, line, column and key
  --schema    prints the JSON Schema of the language, for editors

Exit: 0 all are valid, 1 one is not.
`

async function run (argv: readonly string[], io: Io): Promise<number> {
  const { values: { json = false, schema = false }, positionals } = parse(argv, { json: { type: 'boolean' }, schema: { type: 'boolean' } })
  if (schema) io.print(scenarioSchemaText().trimEnd())
  else if (positionals.length === 0) throw new InvalidInput('ARGUMENT_COUNT', 'validate needs a scenario: device-sim validate FILE')
  let code: number = EXIT.ok
  for (const file of positionals) if (!await judge(file, json, io)) code = EXIT.invalid
  return code
}

async function judge (file: string, json: boolean, io: Io): Promise<boolean> {
  try {
    const scenario = await scenarioFrom(file)
    const sha256 = scenarioSha256(scenario)
    io.print(json ? JSON.stringify({ file, ok: true, name: scenario.name, sha256 }) : `${file}: ok, ${scenario.name}, SHA-256 ${sha256}`)
    return true
  } catch (cause) {
    if (!(cause instanceof InvalidInput)) throw cause
    if (json) io.print(JSON.stringify({ file, ok: false, faults: cause instanceof ScenarioInvalid ? cause.faults : [{ code: cause.code, message: cause.message }] }))
    else io.tell(`${cause.code}: ${cause.message}`)
    return false
  }
}

export const validate: Command = { name: 'validate', does: 'whether a scenario can be run, and if not, everything that is wrong with it', usage, run }
