/** One venue in one replication of one policy as it runs: what all its parts share. Each part is a file; this is where they meet. */
import type { Alarm, AlarmEvent, LaneKey, ResponderId, What } from '../../../server/alarm/alarm.ts'
import type { Policy } from '../../scenario/scenario.ts'
import { Kernel } from '../kernel/kernel.ts'
import type { Handle } from '../kernel/queue.ts'
import type { Episode, Part } from './episode.ts'
import { seconds } from './hours.ts'
import type { Breach, Moment } from './replication.ts'
import type { Responder } from './responder.ts'
import type { Room, Worker, World } from './world.ts'

/** One alarm that runs: the state in the service's memory, and what it stands for here. */
export type Running = {
  alarm: Alarm
  readonly lane: LaneKey
  readonly room: Room
  /** Whose lane it is; null: the house's. */
  readonly worker: Worker | null
  /** Whose press opened it first; others joined. */
  readonly episodes: Episode[]
  readonly circle: ReadonlySet<ResponderId>
  /** The other lanes of its presses. */
  readonly besides: Running[]
  timer: Handle | null
  timerAt: number
  /** The core is told when somebody's page opens or closes. */
  isWatched: boolean
}

/** Over for everybody: nobody's view has to be made to know it. */
export function isOver ({ alarm: { phase } }: Running): boolean { return phase.is === 'closed' || phase.is === 'settled' }

/** What one person was told, on its way to them. */
export type Telling = { readonly running: Running, readonly who: Responder, readonly n: number, readonly what: What, givenAt: number, failures: number }

export type Burden = { alerts: number, wakings: number, trips: number, needlessTrips: number, readonly falseAlarms: number[] }

export class Run {
  readonly kernel = new Kernel()
  readonly world: World
  readonly policy: Policy
  readonly episodes: Episode[] = []
  readonly burdens = new Map<Responder, Burden>()
  readonly breaches: Breach[] = []
  authorityTellings = 0
  /** The lines of one press's story; null: nobody asks. */
  readonly story: { readonly press: number, readonly moments: Moment[] } | null

  constructor (world: World, policy: Policy, storyOf: number | null) {
    this.world = world
    this.policy = policy
    this.story = storyOf === null ? null : { press: storyOf, moments: [] }
  }

  get now (): number { return this.kernel.now }

  burden (who: Responder): Burden {
    const known = this.burdens.get(who)
    if (known !== undefined) return known
    const burden: Burden = { alerts: 0, wakings: 0, trips: 0, needlessTrips: 0, falseAlarms: [] }
    this.burdens.set(who, burden)
    return burden
  }

  breach (code: string, running: Running, said: string): void {
    this.breaches.push({ code, press: running.episodes[0]?.press.number ?? -1, said })
  }

  tells (episodes: readonly Episode[]): boolean {
    return this.story !== null && episodes.some(({ press }) => press.number === this.story?.press)
  }

  moment (episodes: readonly Episode[], what: string, who?: Responder, more?: Moment['more']): void {
    if (this.story === null || !this.tells(episodes)) return
    const at = seconds(this.now)
    this.story.moments.push({ at, what, ...(who === undefined ? {} : { who: who.entity }), ...(more === undefined ? {} : { more }) })
  }
}

/** What the alarms give to the rest, and the rest to the alarms: nobody knows how the other does it. */
export type Alarms = {
  readonly apply: (running: Running, event: AlarmEvent) => void
  readonly hear: (episode: Episode, isAgain: boolean) => void
  readonly openOf: (worker: Worker) => Running | null
}
export type Phones = { readonly tell: (running: Running, who: Responder, n: number, what: What) => void }
export type People = {
  readonly noticed: (running: Running, part: Part, what: What, n: number) => void
}
export type Her = {
  readonly helped: (episode: Episode) => void
  readonly received: (episode: Episode) => void
  readonly unresolved: (episode: Episode) => void
}
export type House = { readonly run: Run, alarms: Alarms, phones: Phones, people: People, her: Her }
