/** `device-sim explain`: what a scenario means, in words. */
import { InvalidInput } from '../invalid-input.ts'
import { explain as explained, explainLanguages } from '../scenario/explain.ts'
import { EXIT } from './command.ts'
import type { Command, Io } from './command.ts'
import { oneOf, parse } from './option-values.ts'
import { scenarioFrom } from './scenario-file.ts'

const usage = `usage: device-sim explain SCENARIO [--language en|fr|nl]

  Says what a scenario means: who works where and how often, who is told in which steps, what is measured against what,
  and for each number how well it is known and from where. Sources and titles stay in the scenario's own language.
`

async function run (argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals: [file, ...more] } = parse(argv, { language: { type: 'string' } })
  if (file === undefined || more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'explain needs one scenario: device-sim explain FILE')
  const language = oneOf(values.language ?? 'en', '--language', explainLanguages)
  io.print(explained(await scenarioFrom(file), language))
  return EXIT.ok
}

export const explain: Command = { name: 'explain', does: 'what a scenario means, in words, with the grounds of each number', usage, run }
