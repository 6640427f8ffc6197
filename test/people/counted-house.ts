/** Four venues with three workers each, a real engine and a real file: enough people for a figure that may be said. */
import { existsSync, readFileSync } from 'node:fs'
import type { Test } from 'tap'
import type { AlarmId, Kind, Minutes } from '../../server/alarm/alarm.ts'
import { steady } from '../../server/clock/steady-clock.ts'
import { Engine } from '../../server/engine/engine.ts'
import { identity } from '../../server/engine/identity.ts'
import type { PublishedCell } from '../../server/people/statistic-services.ts'
import type { Regime } from '../../server/people/words.ts'
import { Ears } from '../engine/small-house.ts'
import { HOUR, must, smallHouse } from './small-house.ts'
import type { ResponderId, SmallHouse, Venue, WorkerId } from './small-house.ts'

export const DAY = 24 * HOUR
export type Worker = { readonly id: WorkerId, readonly responder: ResponderId, readonly venue: Venue | null }

export class CountedHouse {
  readonly house: SmallHouse
  #engine: Engine | null = null
  #presses = 0

  constructor (house: SmallHouse) { this.house = house }

  static async open (t: Test): Promise<CountedHouse> {
    const counted = new CountedHouse(await smallHouse(t))
    await counted.begin()
    t.teardown(() => counted.rest())
    return counted
  }

  get statistics (): SmallHouse['open']['statistics'] { return this.house.open.statistics }

  /** The engine runs from here on: a start, or one after a crash. */
  async begin (): Promise<void> {
    const log = { warn: (): void => undefined, info: (): void => undefined }
    this.#engine = new Engine({
      store: this.house.store.alarms, directory: this.house.open.directory, messenger: new Ears(), clock: steady(this.house.clock), identity: identity(Buffer.alloc(32, 7)), log
    })
    await this.#engine.start()
  }

  /** Everything decided is on disk, and nothing runs any more. */
  async rest (): Promise<void> {
    const engine = this.#engine
    this.#engine = null
    await engine?.stop()
  }

  get engine (): Engine {
    if (this.#engine === null) throw new Error('the house rests')
    return this.#engine
  }

  async worker (venue: Venue | null, by: Venue, name: string): Promise<Worker> {
    const { house } = this
    const id = await house.worker(by, `W${name}`)
    const responder = await house.responder(id, `R${name}`)
    await house.circle(id, [[responder]], { mayKnow: [responder] })
    if (venue === null) must(await house.people.shifts.startAtPlace(id, 'a flat of her own', house.wish()))
    else await house.onShift(id, await house.room(venue, `Room ${name}`))
    return { id, responder, venue }
  }

  async workers ({ venues = 4, each = 3, regime = 'independent' as Regime } = {}): Promise<readonly Worker[]> {
    const workers: Worker[] = []
    for (let v = 0; v < venues; v++) {
      const venue = await this.house.venue(regime, `House ${v}`)
      for (let w = 0; w < each; w++) workers.push(await this.worker(venue, venue, `${v}.${w}`))
    }
    return workers
  }

  async press ({ id }: Worker, kind: Kind = 'alarm'): Promise<AlarmId> {
    await this.engine.pressByPhone(id, kind, `press ${++this.#presses}`).recorded
    const alarm = this.engine.workerAlarms(id).find(({ view }) => view.phase !== 'ended')
    if (alarm === undefined) throw new Error('no alarm was raised')
    return alarm.view.alarm
  }

  async coming ({ responder }: Worker, alarm: AlarmId, minutes: Minutes = 5): Promise<void> { must(await this.engine.answer(alarm, responder, { is: 'coming', minutes })) }
  async pin ({ id }: Worker, alarm: AlarmId, pin: 'true' | 'duress' = 'true'): Promise<void> { must(await this.engine.pin(id, alarm, pin)) }

  /** An alarm of each: pressed, taken after so long, ended by her, settled. */
  async alarms (workers: readonly Worker[], afterMs = 5_000): Promise<void> {
    const alarms = await Promise.all(workers.map(async (worker) => ({ worker, alarm: await this.press(worker) })))
    await this.house.clock.pass(afterMs)
    for (const { worker, alarm } of alarms) await this.coming(worker, alarm)
    for (const { worker, alarm } of alarms) await this.pin(worker, alarm)
    await this.house.clock.pass(11 * 60_000)
  }

  /** Into the middle of January: the last quarter is long over. */
  async nextYear (): Promise<void> {
    await this.rest()
    this.house.clock.jump(60 * DAY)
  }

  async cell (region: string, type: string): Promise<PublishedCell> {
    const found = (await this.house.people.statistics.published()).find((each) => each.region === region && each.type === type)
    if (found === undefined) throw new Error('nothing is published')
    return found
  }

  count (table: string): number {
    return this.house.store.reader.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0
  }

  /** Whether these bytes stand anywhere in the database or its journal. */
  isInFile (text: string | Uint8Array): boolean {
    const { file } = this.house
    const bytes = Buffer.from(text)
    return [file, `${file}-wal`].some((path) => existsSync(path) && readFileSync(path).includes(bytes))
  }
}
