/** `device-sim replay`: everything that happened to one press, line by line. */
import { InvalidInput } from '../invalid-input.ts'
import { didYouMean } from '../scenario/nearest.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { replicate, story } from '../virtual/model/replicate.ts'
import type { Moment, PressRow } from '../virtual/model/replication.ts'
import { EXIT } from './command.ts'
import type { Command } from './command.ts'
import { parse } from './option-values.ts'
import { REPLICATIONS_MOST, whole } from './run-arguments.ts'
import { scenarioFrom } from './scenario-file.ts'

const USAGE = `usage: device-sim replay SCENARIO [--policy NAME] [--replication N] [--press N] [--json]

  Lives one replication again and prints the whole timeline of one press, in seconds since the hand pressed.
  Without --press: the presses of that replication, one a line, each with its number.
  --policy NAME      (the first)      --replication N    (0)      --json    one JSON object a line
`
const PRESSES_MOST = 100_000_000

export const replay: Command = {
  name: 'replay',
  does: 'the whole timeline of one press',
  usage: USAGE,
  async run (argv, io) {
    const wish = readArguments(argv)
    const scenario = await scenarioFrom(wish.file)
    const policy = policyOf(scenario, wish.policy)
    const { presses } = replicate(scenario, policy, wish.replication)
    if (wish.press === null) {
      for (const press of presses) io.print(wish.json ? JSON.stringify(press) : pressLine(press))
      return EXIT.ok
    }
    const press = presses[wish.press]
    if (press === undefined) throw new InvalidInput('PRESS_UNKNOWN', `replication ${wish.replication} has ${presses.length} presses, numbered from 0`)
    for (const moment of story(scenario, policy, wish.replication, wish.press)) io.print(wish.json ? JSON.stringify(moment) : momentLine(moment, press.pressedAt))
    return EXIT.ok
  }
}

function readArguments (argv: readonly string[]): { readonly file: string, readonly policy: string | null, readonly replication: number, readonly press: number | null, readonly json: boolean } {
  const text = { type: 'string' } as const
  const { values, positionals } = parse(argv, { policy: text, replication: text, press: text, json: { type: 'boolean' } })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'replay takes one SCENARIO')
  return {
    file,
    policy: values.policy ?? null,
    replication: whole(values.replication ?? '0', '--replication', 0, REPLICATIONS_MOST),
    press: values.press === undefined ? null : whole(values.press, '--press', 0, PRESSES_MOST),
    json: values.json ?? false
  }
}

function policyOf ({ policies }: Scenario, name: string | null): number {
  const index = name === null ? 0 : policies.findIndex((policy) => policy.name === name)
  if (index < 0) throw new InvalidInput('POLICY_UNKNOWN', `--policy ${JSON.stringify(name)}: ${didYouMean(name ?? '', policies.map((policy) => policy.name))}`)
  return index
}

function pressLine ({ press, venue, venueNumber, room, cause, pressedAt, acceptedAt, arrivedAt, closing, lostWhy }: PressRow): string {
  const since = (at: number | null): string => at === null ? '-' : `${(at - pressedAt).toFixed(1)} s`
  return `${String(press).padStart(6)}  day ${String(Math.floor(pressedAt / 86_400)).padStart(4)} ${clock(pressedAt)}  ${`${venue} ${venueNumber} room ${room}`.padEnd(24)} ${cause.padEnd(8)}  accepted ${since(acceptedAt).padStart(9)}  there ${since(arrivedAt).padStart(9)}  ${lostWhy === null ? closing ?? 'open' : `lost: ${lostWhy}`}`
}

function clock (at: number): string {
  const minutes = Math.floor(at % 86_400 / 60)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

function momentLine ({ at, what, who, more }: Moment, pressedAt: number): string {
  const rest = Object.entries(more ?? {}).map(([key, value]) => `${key} ${String(value)}`).join(', ')
  return `${(at - pressedAt).toFixed(3).padStart(12)} s  ${what.padEnd(28)} ${(who ?? '').padEnd(28)} ${rest}`.trimEnd()
}
