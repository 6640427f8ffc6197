import type { Effect, Lane, LaneKey, Recipient, What } from '../alarm/alarm.ts'
import { spokenPress } from '../alarm/presses.ts'
import { isWanted, outstanding } from '../alarm/outbox.ts'
import type { Held } from './held.ts'
import type { Directory, Messenger, Telling } from './ports.ts'

export type TellerPorts = {
  readonly messenger: Messenger
  readonly directory: Pick<Directory, 'consentHolds' | 'neverForwards'>
  readonly warn: (reason: string, lane: LaneKey) => void
}

/** Carries out effects: builds each telling from the alarm as decided, and hands it to the messenger. */
export class Teller {
  readonly #ports: TellerPorts

  constructor (ports: TellerPorts) { this.#ports = ports }

  /** Raising effects of a turn: at once, in the tick of the fact. */
  now (held: Held, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.when !== 'now') continue
      if (effect.do === 'warn') this.#ports.warn(effect.reason, held.lane)
      else this.#tell(held, effect.to, effect.n, effect.what)
    }
  }

  /** Effects that had to wait for the disk. `unsaved`: said from memory after 5 s of failure, never to an authority. */
  afterwards (held: Held, effects: readonly Effect[], unsaved = false): void {
    for (const effect of effects) {
      if (effect.when !== 'durable') continue
      if (unsaved && effect.to.kind === 'authority') continue
      this.#tell(held, effect.to, effect.n, effect.what)
    }
  }

  /**
   * The state is the outbox: every telling that no service has accepted goes again under its own key. Raising ones are
   * read from the decided head; calm ones and an authority's only from what is on disk.
   */
  again (held: Held): void {
    for (const effect of outstanding(held.head)) {
      const safe = held.safe?.people.find((p) => p.who.id === effect.to.id)?.told ?? null
      if (effect.when === 'durable' && safe?.n !== effect.n) continue
      this.#tell(held, effect.to, effect.n, effect.what)
    }
  }

  #tell (held: Held, to: Recipient, n: number, what: What): void {
    const press = spokenPress(held.head)
    if (press === undefined) throw new Error('an alarm without a press can\'t be told')
    const telling: Telling = {
      alarm: held.id,
      to: to.id,
      authority: to.kind === 'authority',
      n,
      what,
      kind: held.head.kind,
      pressedAt: press.pressedAt,
      late: press.doubt === 'late',
      missed: press.missed ?? null,
      card: held.card,
      wanted: () => isWanted(held.head, to.id, n) && (isChosenByHer(held.head.lane) || this.#ports.directory.neverForwards(to.id)),
      permitted: () => to.kind === 'authority' ? this.#ports.directory.consentHolds(to.consent, to.id) : Promise.resolve(true)
    }
    this.#ports.messenger.tell(telling)
  }
}

/** R6: all others tell only those who declared that nothing is passed on. */
function isChosenByHer (lane: Lane): boolean { return lane.is === 'hers' || (lane.is === 'test' && lane.by !== 'technician') }
