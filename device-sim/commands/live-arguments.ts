import { parseArgs } from 'node:util'
import type { PressKind } from '../../firmware-protocol/bodies.ts'
import { InvalidInput } from '../invalid-input.ts'
import type { LinkFaults } from '../live/bad-link.ts'

export const USAGE = `usage: device-sim live [FILE] [options]

  Simulated buttons press against a running service. FILE (or standard input) has one enrolled button a line, as
  \`veilleuse button add --json\` prints it. Every press alerts real people if real people are in that house.

  --mqtt URL            mqtt:// or mqtts://               (mqtt://127.0.0.1:1883)
  --press-every S       each button, in seconds           (10)
  --for S               then no more presses              (60)
  --settle S            and so long for what is under way (30)
  --kind KIND           test, alarm, silent-alarm, assist (test)
  --sleeper             buttons sleep between beats
  --delay-ms A-B        each packet, at random            (0-0)
  --loss P              chance of each packet, 0 to 1     (0)
  --duplicate P         chance of each packet, 0 to 1     (0)
  --dead-after-idle S   the way dies unnoticed when idle
  --cut-every S         each connection is cut
  --partition-every S   nothing passes, and nobody says so
  --partition-for S     for so long                       (5)
  --seed N              of every chance                   (1)

Prints one JSON object a line, the totals last. Exit: 0 nothing lost, 1 invalid input, 3 a press was lost.
`

export type LiveWish = {
  /** null: standard input. */
  readonly file: string | null
  readonly mqtt: string
  readonly pressEveryMs: number
  readonly forMs: number
  readonly settleMs: number
  readonly kind: PressKind
  readonly sleeper: boolean
  readonly faults: LinkFaults
  readonly cutEveryMs: number | null
  readonly partition: { readonly everyMs: number, readonly forMs: number } | null
  readonly seed: number
}

const KINDS: readonly PressKind[] = ['test', 'alarm', 'silent-alarm', 'assist']
const LEAST_S = 0.05
const DAY_S = 86_400
const SEED_MAX = 4_294_967_295
const text = { type: 'string' } as const
const OPTIONS = {
  mqtt: text,
  'press-every': text,
  for: text,
  settle: text,
  kind: text,
  sleeper: { type: 'boolean' },
  'delay-ms': text,
  loss: text,
  duplicate: text,
  'dead-after-idle': text,
  'cut-every': text,
  'partition-every': text,
  'partition-for': text,
  seed: text
} as const

/** Reads what follows `live`; throws `InvalidInput` that names what to change. */
export function readArguments (argv: readonly string[]): LiveWish {
  const { values, positionals } = parse([...argv])
  if (positionals.length > 1) throw new InvalidInput('ARGUMENT_COUNT', 'live takes one FILE at most')
  const [file = '-'] = positionals
  const everyMs = maybeMs(values['partition-every'], '--partition-every', LEAST_S)
  if (everyMs === null && values['partition-for'] !== undefined) throw new InvalidInput('FLAG_MISSING', '--partition-for needs --partition-every')
  return {
    file: file === '-' ? null : file,
    mqtt: mqttUrl(values.mqtt ?? 'mqtt://127.0.0.1:1883'),
    pressEveryMs: ms(values['press-every'] ?? '10', '--press-every', LEAST_S),
    forMs: ms(values.for ?? '60', '--for', LEAST_S),
    settleMs: ms(values.settle ?? '30', '--settle', 0),
    kind: kindOf(values.kind ?? 'test'),
    sleeper: values.sleeper ?? false,
    faults: {
      delayMs: range(values['delay-ms'] ?? '0-0'),
      loss: share(values.loss ?? '0', '--loss'),
      duplicate: share(values.duplicate ?? '0', '--duplicate'),
      deadAfterIdleMs: maybeMs(values['dead-after-idle'], '--dead-after-idle', LEAST_S)
    },
    cutEveryMs: maybeMs(values['cut-every'], '--cut-every', LEAST_S),
    partition: everyMs === null ? null : { everyMs, forMs: ms(values['partition-for'] ?? '5', '--partition-for', LEAST_S) },
    seed: whole(values.seed ?? '1', '--seed', SEED_MAX)
  }
}

function parse (args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true })
  } catch (cause) {
    throw new InvalidInput('FLAG_UNKNOWN', cause instanceof Error ? cause.message : 'unreadable arguments')
  }
}

function mqttUrl (given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null
  if (url === null || !['mqtt:', 'mqtts:'].includes(url.protocol) || url.hostname === '' || url.username !== '' || url.password !== '') {
    throw new InvalidInput('MQTT_URL_INVALID', '--mqtt needs mqtt://host:port or mqtts://host:port, without a password: each button has its own')
  }
  return given
}

function kindOf (given: string): PressKind {
  const kind = KINDS.find((each) => each === given)
  if (kind === undefined) throw new InvalidInput('KIND_UNKNOWN', `--kind is one of ${KINDS.join(', ')}`)
  return kind
}

function number (given: string): number { return /^\d+(\.\d+)?$/.test(given) ? Number(given) : NaN }

function ms (given: string, flag: string, leastS: number): number {
  const s = number(given)
  if (!(s >= leastS && s <= DAY_S)) throw new InvalidInput('SECONDS_INVALID', `${flag} needs seconds from ${leastS} to ${DAY_S}`)
  return s * 1_000
}

function maybeMs (given: string | undefined, flag: string, leastS: number): number | null {
  return given === undefined ? null : ms(given, flag, leastS)
}

function share (given: string, flag: string): number {
  const chance = number(given)
  if (!(chance <= 1)) throw new InvalidInput('CHANCE_INVALID', `${flag} needs a chance from 0 to 1`)
  return chance
}

function range (given: string): { least: number, most: number } {
  const [least = NaN, most = NaN, ...more] = given.split('-').map(number)
  if (!(least <= most && most <= 60_000) || more.length > 0) throw new InvalidInput('DELAY_INVALID', '--delay-ms needs LEAST-MOST in milliseconds, up to 60000, such as 20-200')
  return { least, most }
}

function whole (given: string, flag: string, most: number): number {
  const value = /^\d+$/.test(given) ? Number(given) : NaN
  if (!(value <= most)) throw new InvalidInput('NUMBER_INVALID', `${flag} needs a whole number from 0 to ${most}`)
  return value
}
