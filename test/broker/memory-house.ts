import { EventEmitter, once } from 'node:events'
import type { Beat, ButtonEvent, ButtonFault, Buttons, ButtonMemory, Feedback, HeardPress, House, KnownButton, Light, Memories, PressVerdict } from '../../broker/ports.ts'
import { eventKey } from '../../firmware-protocol/event-key.ts'
import type { Did } from '../../firmware-protocol/ids.ts'

type Known = { readonly event: ButtonEvent, merged: number, state: 'open' | 'closed', feedback: Feedback | null }

/**
 * A whole small house in memory: it knows presses, opens and closes their alarms and shows lights. Its disk answers
 * at once, or when the story says so (`holdDisk`).
 */
export class MemoryHouse implements House {
  readonly told = new EventEmitter()
  readonly presses: HeardPress[] = []
  readonly raised: HeardPress[] = []
  readonly doubts: { did: Did, replay: boolean }[] = []
  readonly faults: ButtonFault[] = []
  readonly beats: Beat[] = []
  readonly silences: { did: Did, why: string, lastHeardAt: number | null }[] = []
  readonly troubles: { did: Did, code: string }[] = []
  readonly #known = new Map<string, Known>()
  #held: (() => void)[] | null = null
  /** What the real house does after a press is durable: the lights of its button may have changed. */
  onLights: (did: Did) => void = () => {}

  press (press: HeardPress): { verdict: PressVerdict, durable: Promise<void> } {
    this.presses.push(press)
    const key = eventKey(press.did, press.event)
    const known = this.#known.get(key)
    const durable = this.#disk()
    const verdict = this.#judge(press, known)
    if (verdict !== 'known') {
      this.raised.push(press)
      const fresh: Known = { event: press.event, merged: press.merged, state: 'open', feedback: null }
      this.#known.set(key, fresh)
      void durable.then(() => {
        fresh.feedback ??= 'received'
        this.onLights(press.did)
      })
    }
    this.told.emit('press', press)
    return { verdict, durable }
  }

  #judge (press: HeardPress, known: Known | undefined): PressVerdict {
    if (known === undefined) return [...this.#known.values()].some(({ state }) => state === 'open') ? 'joined' : 'raised'
    const grown = press.merged > known.merged
    known.merged = Math.max(known.merged, press.merged)
    return known.state === 'closed' && grown ? 'raised' : 'known'
  }

  /** From now on nothing reaches the disk until `releaseDisk`. */
  holdDisk (): void { this.#held = [] }

  releaseDisk (): void {
    const held = this.#held ?? []
    this.#held = null
    for (const write of held) write()
  }

  async #disk (): Promise<void> {
    const held = this.#held
    if (held !== null) await new Promise<void>((resolve) => { held.push(resolve) })
  }

  /** The alarm of this event shows another light. */
  light (did: Did, event: ButtonEvent, feedback: Feedback): void {
    const known = this.#known.get(eventKey(did, event))
    if (known === undefined) return
    known.feedback = feedback
    known.state = feedback === 'all-clear' ? 'closed' : 'open'
    this.onLights(did)
  }

  /** Only the keyed hash of this event is left: whatever it says, it is known. */
  erase (did: Did, event: ButtonEvent): void {
    this.light(did, event, 'all-clear')
    const known = this.#known.get(eventKey(did, event))
    if (known !== undefined) known.merged = Infinity
  }

  mayBeReplay (did: Did, _event: ButtonEvent, replay: boolean): void { this.doubts.push({ did, replay }) }

  async fault (fault: ButtonFault): Promise<void> {
    this.faults.push(fault)
    this.told.emit('fault', fault)
    await this.#disk()
  }

  lightOf (did: Did, event: ButtonEvent): Light | null {
    const known = this.#known.get(eventKey(did, event))
    return known === undefined || known.feedback === null ? null : { event: known.event, feedback: known.feedback }
  }

  lightsOf (did: Did): readonly Light[] {
    return [...this.#known].flatMap(([key, { event, feedback }]) => key.startsWith(did) && feedback !== null ? [{ event, feedback }] : [])
  }

  heard (beat: Beat): void { this.beats.push(beat) }

  silent (did: Did, why: string, lastHeardAt: number | null): void {
    this.silences.push({ did, why, lastHeardAt })
    this.told.emit('silent', why)
  }

  trouble (did: Did, code: string): void { this.troubles.push({ did, code }) }

  async nextPress (): Promise<HeardPress> {
    const [press] = await once(this.told, 'press') as [HeardPress]
    return press
  }
}

export class MemoryButtons implements Buttons {
  readonly known = new Map<Did, KnownButton>()
  find (did: Did): KnownButton | null { return this.known.get(did) ?? null }
}

/** A disk that outlives the broker. `fails` makes every save reject. */
export class MemoryDisk implements Memories {
  readonly rows = new Map<string, ButtonMemory>()
  fails = false
  readonly saved = new EventEmitter()
  async loadAll (): Promise<ReadonlyMap<string, ButtonMemory>> { return new Map(this.rows) }

  async save (did: Did, memory: ButtonMemory): Promise<void> {
    if (this.fails) throw new Error('disk full')
    this.rows.set(did, JSON.parse(JSON.stringify(memory)) as ButtonMemory)
    this.saved.emit('row', did)
  }
}
