import { laneKey, isLive, isOpenAsPerceived } from '../../server/alarm/lanes.ts'
import { dueAt, open, transition } from '../../server/alarm/transition.ts'
import type { Alarm, AlarmEvent, AlarmId, EpochMs, Lane, Plan, Press, PressId, ResponderId, WorkerId } from '../../server/alarm/alarm.ts'
import type { Append, Happening, PressHash } from '../../server/store/alarm-store.ts'

export const ana = 'ana' as ResponderId
const oneStep: Plan = { steps: [{ waitMs: 30_000, people: [{ who: { kind: 'trusted', id: ana }, reach: 'provable', mayKnow: true }] }] }
const start = Date.UTC(2026, 10, 23, 22) as EpochMs

export const hashOf = (name: string): PressHash => `hash of ${name}` as PressHash
export const hers = (worker: string): Lane => ({ is: 'hers', worker: worker as WorkerId })

/** An alarm as the real core lives it, and the appends that bring it to disk. */
export class LivedAlarm {
  readonly id: AlarmId
  readonly lane: Lane
  alarm: Alarm
  readonly #card = new TextEncoder().encode('sealed: third floor, left')
  #happenings: Happening[] = []
  #presses: PressHash[]
  #seq = 1
  #savedSeq = 0

  constructor (id: string, worker: string, { press = `press of ${id}` } = {}) {
    this.id = id as AlarmId
    this.lane = hers(worker)
    const pressed = pressNamed(press)
    const turn = open(this.id, this.lane, pressed, oneStep, start)
    this.alarm = turn.alarm
    this.#happenings.push({ seq: 1, at: start, event: { is: 'pressed', press: pressed }, notes: turn.notes })
    this.#presses = [hashOf(press)]
  }

  happens (event: AlarmEvent, afterMs = 1_000): this {
    const at = (start + this.#seq * afterMs) as EpochMs
    const turn = transition(this.alarm, event, at)
    this.alarm = turn.alarm
    this.#happenings.push({ seq: ++this.#seq, at, event, notes: turn.notes })
    return this
  }

  pressedAgain (press: string): this {
    this.#presses.push(hashOf(press))
    return this.happens({ is: 'pressed', press: pressNamed(press) })
  }

  /** Everything since the last `saved()`. */
  append (): Append {
    return {
      id: this.id,
      lane: laneKey(this.lane),
      expectedSeq: this.#savedSeq,
      seq: this.#seq,
      open: isOpenAsPerceived(this.alarm),
      live: isLive(this.alarm),
      dueAt: dueAt(this.alarm),
      state: this.alarm,
      happenings: this.#happenings,
      card: this.#savedSeq === 0 ? this.#card : null,
      presses: this.#presses
    }
  }

  saved (): this {
    this.#savedSeq = this.#seq
    this.#happenings = []
    this.#presses = []
    return this
  }
}

/** As many alarms as one wants, each of another worker. */
export function manyAlarms (count: number, name = 'alarm'): readonly LivedAlarm[] {
  return Array.from({ length: count }, (_, i) => new LivedAlarm(`${name} ${i}`, `worker of ${name} ${i}`))
}

function pressNamed (name: string): Press {
  return { id: name as PressId, kind: 'alarm', pressedAt: start, doubt: 'none' }
}
