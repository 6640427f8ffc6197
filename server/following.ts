/** What has to happen in the other rooms when people, rooms or buttons change, by our own doors or by the command line. */
import type { Broker } from '../broker/broker.ts'
import { asDid } from '../firmware-protocol/ids.ts'
import type { Cancel, Clock } from './clock/clock.ts'
import type { Engine } from './engine/engine.ts'
import type { Notify } from './notify/notify.ts'
import type { OpenPeople } from './people/open.ts'

/** Shift rows are gone a day after their end (R21): looked for this often. */
const RETAIN_EVERY_MS = 3_600_000

export type FollowParts = {
  readonly open: OpenPeople
  readonly broker: Pick<Broker, 'cut' | 'configChanged'>
  readonly notify: Pick<Notify, 'reach'>
  readonly engine: Pick<Engine, 'concerned'>
  readonly clock: Clock
  readonly logger: { warn (fields: object, says: string): void }
}

/** Returns the way to stop. */
export function followPeople (parts: FollowParts): () => void {
  const { open, engine, notify } = parts
  const buttons = new ButtonWishes(parts)
  buttons.look()
  const forget = open.directory.onChanged(() => {
    buttons.look()
    // A subscription that came or went changes what a missing receipt means, in alarms that run too.
    for (const responder of engine.concerned().responders) notify.reach.update(responder)
  })
  const stopFollowing = open.follow()
  const stopRetaining = retainNowAndThen(parts)
  open.keepErasing()
  return () => {
    stopRetaining()
    stopFollowing()
    forget()
  }
}

/** Cuts a button that was retired or enrolled anew, and tells one whose wish has changed. */
class ButtonWishes {
  readonly #parts: FollowParts
  readonly #known = new Map<string, { readonly key: Uint8Array, readonly wish: string }>()

  constructor (parts: FollowParts) { this.#parts = parts }

  look (): void {
    const { open, broker } = this.#parts
    for (const text of open.directory.picture.places.buttons.keys()) {
      const did = asDid(text)
      const button = did === null ? null : open.directory.find(did)
      const before = this.#known.get(text)
      if (did === null || button === null) {
        if (did !== null && before !== undefined) broker.cut(did)
        this.#known.delete(text)
        continue
      }
      const wish = JSON.stringify(button.wish)
      this.#known.set(text, { key: button.keys.up, wish })
      if (before === undefined) continue
      if (Buffer.compare(before.key, button.keys.up) !== 0) broker.cut(did)
      else if (before.wish !== wish) broker.configChanged(did)
    }
  }
}

function retainNowAndThen ({ open, engine, clock, logger }: FollowParts): Cancel {
  let cancel: Cancel = () => {}
  const look = (): void => {
    const { workers, workersPerceived } = engine.concerned()
    open.retain(workers, workersPerceived).catch(() => {
      logger.warn({ code: 'RETENTION_FAILED' }, 'what is old could not be deleted; it is tried again in an hour')
    })
    cancel = clock.after(RETAIN_EVERY_MS, look)
  }
  look()
  return () => { cancel() }
}
