/** `device-sim policy`: a scenario's policy as a circle of the service, and back. */
import { InvalidInput } from '../invalid-input.ts'
import { circleOf, policyYaml, readPairs } from '../scenario/circle.ts'
import type { CircleNow } from '../scenario/circle.ts'
import { didYouMean } from '../scenario/nearest.ts'
import { EXIT } from './command.ts'
import type { Command, Io } from './command.ts'
import { parse } from './option-values.ts'
import { scenarioFrom, readText } from './scenario-file.ts'

const usage = `usage: device-sim policy export SCENARIO --policy NAME --ids role=id,role=id [--circle CIRCLE.json]
       device-sim policy import CIRCLE.json --roles id=role,id=role [--name NAME]

  export prints the body of PUT /api/v1/circle that puts her circle as the policy has it. --circle names what GET showed:
  her notes, wishes and what each may see are kept, and its version is sent back. Consents and house lanes are no part
  of a circle: a consent is hers alone to give, on her own phone.

  import prints what GET /api/v1/circle showed as an entry under \`policies\` of a scenario, with roles in place of ids.
  No name, note or wish comes along. NAME is imported unless you say otherwise.
`

async function run (argv: readonly string[], io: Io): Promise<number> {
  const [way, ...rest] = argv
  if (way === 'export') return await exported(rest, io)
  if (way === 'import') return await imported(rest, io)
  throw new InvalidInput('ARGUMENT_COUNT', 'policy needs to know which way: device-sim policy export, or import')
}

async function exported (argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals: [file, ...more] } = parse(argv, { policy: { type: 'string' }, ids: { type: 'string' }, circle: { type: 'string' } })
  if (file === undefined || more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'policy export needs one scenario')
  if (values.policy === undefined || values.ids === undefined) throw new InvalidInput('FLAG_MISSING', 'policy export needs --policy and --ids')
  const { policies } = await scenarioFrom(file)
  const policy = policies.find(({ name }) => name === values.policy)
  if (policy === undefined) throw new InvalidInput('POLICY_UNKNOWN', `there is no policy "${values.policy}" in ${file}: ${didYouMean(values.policy, policies.map(({ name }) => name))}`)
  const body = circleOf(policy, readPairs(values.ids, '--ids'), values.circle === undefined ? null : circleNow(await readText(values.circle), values.circle))
  if (policy.consents.length > 0) io.tell(`consent for ${policy.consents.join(', ')} is not in a circle: she gives it herself, or the service refuses`)
  if (policy.houseLane !== null) io.tell(`the house lane (${policy.houseLane}) is not in a circle: it is the venue's, and hers to switch off`)
  io.print(JSON.stringify(body, null, 2))
  return EXIT.ok
}

/** The service checks each word of it; here only what is sent back must be there. */
function circleNow (text: string, file: string): CircleNow {
  try {
    const read = JSON.parse(text) as CircleNow
    if (!Number.isInteger(read.version) || typeof read.wishes !== 'object' || typeof read.sees !== 'object') throw new TypeError('not a circle')
    return read
  } catch (cause) {
    throw new InvalidInput('CIRCLE_INVALID', `${file} is not what GET /api/v1/circle shows`)
  }
}

async function imported (argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals: [file, ...more] } = parse(argv, { roles: { type: 'string' }, name: { type: 'string' } })
  if (file === undefined || more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'policy import needs one file: what GET /api/v1/circle shows')
  if (values.roles === undefined) throw new InvalidInput('FLAG_MISSING', 'policy import needs --roles')
  io.print(policyYaml(await readText(file), file, readPairs(values.roles, '--roles'), values.name ?? 'imported'))
  return EXIT.ok
}

export const policy: Command = { name: 'policy', does: "a scenario's policy as a circle of the service, and back", usage, run }
