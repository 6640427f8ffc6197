import type { PressKind } from '../../firmware-protocol/bodies.ts'
import { InvalidInput } from '../invalid-input.ts'
import type { LinkFaults } from '../live/bad-link.ts'
import type { Manner } from '../live/phones.ts'
import { expected, lengthOf, PRESSES_MOST, readStages, type Arrivals, type Stage } from '../live/schedule.ts'
import { LEAST_S, manyMs, maybeMs, ms, oneOf, parse, range, rangeMs, scale, share, urlOf, whole } from './option-values.ts'

export const USAGE = `usage: device-sim live [FILE] [options]

  Simulated buttons press against a running service, at planned times, and every time is measured from the plan.
  FILE (or standard input) has one enrolled button a line, as \`veilleuse button add --json\` prints it, or a whole
  house with responders, as \`veilleuse laboratory --json\` does. Every press alerts real people if real people are in
  that house.

Where
  --mqtt URL            mqtt:// or mqtts://               (mqtt://127.0.0.1:1883)
  --http URL            where responders' pages are       (http://127.0.0.1:8080)
  --house FILE          the same as FILE
  --service "COMMAND"   start the service itself, on a data folder that is thrown away; COMMAND is what starts
                        veilleuse here, such as "npx veilleuse". No FILE is read: it makes a house of its own
  --buttons N           of that house                     (20)
  --watched N           of these, in rooms where somebody works and two responders are told  (all, at most 200)
  --kill-at S,S         kill -9 the service then, and start it again
  --kill-every S        the same, each so long until the presses end
  --down-for S          after so long                     (0)

When
  --stages "100/s for 30 s, 20/min for 5 min"   presses of the whole house
  --arrivals WORD       poisson or constant               (poisson)
  --press-every S       without --stages: each button     (10)
  --for S               then no more presses              (60, or as long as the stages)
  --settle S            and so long for what is under way (30)
  --replay PACKAGE      the presses of a virtual run; --policy NAME, --replication N, --replay-from S (of the run)
  --time-scale X        planned times are X times shorter (1); waits of protocol and service are what they are

What
  --kind KIND           test, alarm, silent-alarm, assist (test)
  --sleeper             buttons sleep between beats
  --client WORD         full, light or auto: light beyond 5000 buttons  (auto)
  --connect-rate N      buttons a second                  (500)
  --answers P           share of responders who answer    (0.9)
  --reaction S-S        from told to "coming"             (2-10)
  --arrive S-S          from "coming" to there            (5-20)
  --over S              from there to "it is over"        (2)

Faults
  --delay-ms A-B        each packet, at random            (0-0)
  --loss P              chance of each packet, 0 to 1     (0)
  --duplicate P         chance of each packet, 0 to 1     (0)
  --dead-after-idle S   the way dies unnoticed when idle
  --cut-every S         each connection is cut
  --storm-at S,S        every connection is cut at once
  --storm-every S       the same, each so long
  --reconnect-jitter S  most that is added to each wait before a reconnect, if no event is held  (10, as firmware)
  --partition-every S   nothing passes, and nobody says so
  --partition-for S     for so long                       (5)
  --seed N              of every chance                   (1)

Told at the end
  --late S              acknowledged or told after more   (10)
  --idle S              a press after so long is "after idle"  (10)
  --json                one JSON object a line, the totals last
  --report FILE         .md or .html, besides
  --capture FILE        each press's times, one JSON object a line; \`device-sim calibrate\` reads it

Exit: 0 nothing lost, 1 invalid input, 3 a press was lost or somebody told twice, 130 interrupted.
`

export type LiveWish = {
  /** null: standard input. */
  readonly file: string | null
  readonly mqtt: string
  readonly http: string
  readonly service: { readonly command: string, readonly buttons: number, /** null: all, up to WATCHED_UNASKED. */ readonly watched: number | null, readonly killsMs: readonly number[], readonly killEveryMs: number | null, readonly downMs: number } | null
  /** Planned; divided by `timeScale` when they are run. */
  readonly stages: readonly Stage[] | null
  readonly arrivals: Arrivals
  readonly pressEveryMs: number
  readonly forMs: number | null
  readonly replay: { readonly folder: string, readonly policy: string | null, readonly replication: number, readonly fromS: number } | null
  readonly timeScale: number
  readonly settleMs: number
  readonly kind: PressKind
  readonly sleeper: boolean
  readonly client: 'full' | 'light' | 'auto'
  readonly connectPerS: number
  readonly manner: Manner
  readonly faults: LinkFaults
  readonly cutEveryMs: number | null
  readonly stormsMs: readonly number[]
  readonly stormEveryMs: number | null
  readonly jitterMs: number
  readonly partition: { readonly everyMs: number, readonly forMs: number } | null
  readonly seed: number
  readonly lateMs: number
  readonly idleMs: number
  readonly json: boolean
  readonly report: string | null
  readonly capture: string | null
}

const KINDS: readonly PressKind[] = ['test', 'alarm', 'silent-alarm', 'assist']
const SEED_MAX = 4_294_967_295
const BUTTONS_MAX = 10_000
const WATCHED_MAX = 2_000
export const WATCHED_UNASKED = 200
/** Kills and storms more often than this never end. */
const AGAIN_LEAST_S = 1
const YEAR_S = 366 * 86_400
const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const OPTIONS = {
  mqtt: text, http: text, house: text, service: text, buttons: text, watched: text, 'kill-at': text, 'kill-every': text, 'down-for': text,
  stages: text, arrivals: text, 'press-every': text, for: text, settle: text, replay: text, policy: text, replication: text, 'replay-from': text, 'time-scale': text,
  kind: text, sleeper: flag, client: text, 'connect-rate': text, answers: text, reaction: text, arrive: text, over: text,
  'delay-ms': text, loss: text, duplicate: text, 'dead-after-idle': text, 'cut-every': text, 'storm-at': text, 'storm-every': text, 'reconnect-jitter': text, 'partition-every': text, 'partition-for': text, seed: text,
  late: text, idle: text, json: flag, report: text, capture: text
} as const
type Values = { readonly [Name in keyof typeof OPTIONS]?: string | boolean | undefined }
type Given = (name: keyof typeof OPTIONS) => string | undefined

/** Reads what follows `live`; throws `InvalidInput` that names what to change. */
export function readArguments (argv: readonly string[]): LiveWish {
  const { values, positionals } = parse(argv, OPTIONS)
  const given: Given = (name) => { const value = (values as Values)[name]; return typeof value === 'string' ? value : undefined }
  const fits = together(given, positionals)
  return {
    ...fits,
    mqtt: urlOf(given('mqtt') ?? 'mqtt://127.0.0.1:1883', '--mqtt', ['mqtt:', 'mqtts:']),
    http: new URL(urlOf(given('http') ?? 'http://127.0.0.1:8080', '--http', ['http:', 'https:'])).origin,
    service: serviceOf(given),
    stages: stagesOf(given('stages')),
    arrivals: oneOf(given('arrivals') ?? 'poisson', '--arrivals', ['poisson', 'constant']),
    pressEveryMs: ms(given('press-every') ?? '10', '--press-every', LEAST_S),
    forMs: maybeMs(given('for'), '--for', LEAST_S),
    replay: replayOf(given),
    timeScale: scale(given('time-scale') ?? '1'),
    settleMs: ms(given('settle') ?? '30', '--settle', 0),
    kind: oneOf(given('kind') ?? 'test', '--kind', KINDS),
    sleeper: values.sleeper === true,
    client: oneOf(given('client') ?? 'auto', '--client', ['full', 'light', 'auto']),
    connectPerS: whole(given('connect-rate') ?? '500', '--connect-rate', 100_000, 1),
    manner: {
      answers: share(given('answers') ?? '0.9', '--answers'),
      reactionMs: rangeMs(given('reaction') ?? '2-10', '--reaction'),
      arriveMs: rangeMs(given('arrive') ?? '5-20', '--arrive'),
      overMs: ms(given('over') ?? '2', '--over', 0),
      seed: whole(given('seed') ?? '1', '--seed', SEED_MAX)
    },
    ...faultsOf(given),
    seed: whole(given('seed') ?? '1', '--seed', SEED_MAX),
    lateMs: ms(given('late') ?? '10', '--late', 0),
    idleMs: ms(given('idle') ?? '10', '--idle', 0),
    json: values.json === true,
    report: reportOf(given('report')),
    capture: given('capture') ?? null
  }
}

/** What must, and what can't, be given together. */
function together (given: Given, positionals: readonly string[]): { readonly file: string | null } {
  if (positionals.length > 1) throw new InvalidInput('ARGUMENT_COUNT', 'live takes one FILE at most')
  const house = given('house')
  if (house !== undefined && positionals.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'give the house once: FILE or --house FILE')
  const file = house ?? positionals[0] ?? '-'
  const needs = (name: keyof typeof OPTIONS, other: keyof typeof OPTIONS): void => {
    if (given(name) !== undefined && given(other) === undefined) throw new InvalidInput('FLAG_MISSING', `--${name} needs --${other}`)
  }
  for (const name of ['buttons', 'watched', 'kill-at', 'kill-every'] as const) needs(name, 'service')
  for (const name of ['policy', 'replication', 'replay-from'] as const) needs(name, 'replay')
  if (given('kill-every') === undefined) needs('down-for', 'kill-at')
  needs('partition-for', 'partition-every')
  const excludes = (name: keyof typeof OPTIONS, others: readonly (keyof typeof OPTIONS)[]): void => {
    const other = others.find((each) => given(each) !== undefined)
    if (given(name) !== undefined && other !== undefined) throw new InvalidInput('FLAG_CONTRADICTS', `--${name} and --${other} can't be given together`)
  }
  excludes('stages', ['press-every', 'replay'])
  excludes('replay', ['press-every'])
  excludes('service', ['mqtt', 'http', 'house'])
  if (given('service') !== undefined && file !== '-') throw new InvalidInput('FLAG_CONTRADICTS', '--service makes a house of its own: leave FILE away')
  return { file: file === '-' ? null : file }
}

function serviceOf (given: Given): LiveWish['service'] {
  const command = given('service')
  if (command === undefined) return null
  if (command.trim() === '') throw new InvalidInput('SERVICE_INVALID', '--service needs what starts veilleuse here, such as "npx veilleuse"')
  const buttons = whole(given('buttons') ?? '20', '--buttons', BUTTONS_MAX, 1)
  return {
    command,
    buttons,
    watched: given('watched') === undefined ? null : whole(given('watched') ?? '', '--watched', Math.min(buttons, WATCHED_MAX)),
    killsMs: manyMs(given('kill-at'), '--kill-at'),
    killEveryMs: maybeMs(given('kill-every'), '--kill-every', AGAIN_LEAST_S),
    downMs: ms(given('down-for') ?? '0', '--down-for', 0)
  }
}

function stagesOf (given: string | undefined): LiveWish['stages'] {
  if (given === undefined) return null
  const stages = readStages(given)
  if (expected(stages) > PRESSES_MOST) throw new InvalidInput('PRESSES_TOO_MANY', `these stages mean ${Math.round(expected(stages))} presses; at most ${PRESSES_MOST} can be accounted for`)
  if (lengthOf(stages) > YEAR_S) throw new InvalidInput('STAGES_TOO_LONG', 'these stages take longer than a year')
  return stages
}

function replayOf (given: Given): LiveWish['replay'] {
  const folder = given('replay')
  if (folder === undefined) return null
  return {
    folder, policy: given('policy') ?? null, replication: whole(given('replication') ?? '0', '--replication', 999_999),
    fromS: ms(given('replay-from') ?? '0', '--replay-from', 0, 10 * YEAR_S) / 1_000
  }
}

function faultsOf (given: Given): Pick<LiveWish, 'faults' | 'cutEveryMs' | 'stormsMs' | 'stormEveryMs' | 'jitterMs' | 'partition'> {
  const everyMs = maybeMs(given('partition-every'), '--partition-every', LEAST_S)
  return {
    faults: {
      delayMs: range(given('delay-ms') ?? '0-0'),
      loss: share(given('loss') ?? '0', '--loss'),
      duplicate: share(given('duplicate') ?? '0', '--duplicate'),
      deadAfterIdleMs: maybeMs(given('dead-after-idle'), '--dead-after-idle', LEAST_S)
    },
    cutEveryMs: maybeMs(given('cut-every'), '--cut-every', LEAST_S),
    stormsMs: manyMs(given('storm-at'), '--storm-at'),
    stormEveryMs: maybeMs(given('storm-every'), '--storm-every', AGAIN_LEAST_S),
    jitterMs: ms(given('reconnect-jitter') ?? '10', '--reconnect-jitter', 0),
    partition: everyMs === null ? null : { everyMs, forMs: ms(given('partition-for') ?? '5', '--partition-for', LEAST_S) }
  }
}

function reportOf (given: string | undefined): string | null {
  if (given !== undefined && !/\.(md|html)$/.test(given)) throw new InvalidInput('REPORT_KIND_UNKNOWN', '--report needs a FILE that ends in .md or .html')
  return given ?? null
}
