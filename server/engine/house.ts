import type { Beat, ButtonFault, House } from '../../broker/ports.ts'
import type { Clock } from '../clock/clock.ts'
import type { Engine } from './engine.ts'
import { isClosed } from '../store/store-failed.ts'
import { RETRY_MS } from './flush.ts'

/** Faults whose row the disk has refused so far; beyond it the broker is told to wait no longer for the oldest. */
export const FAULTS_WAITING_MAX = 1_000

export type HousePorts = {
  readonly engine: Pick<Engine, 'pressByButton' | 'mayBeReplay' | 'lightOf' | 'lightsOf'>
  readonly buttons: {
    readonly heard: (beat: Beat, by: 'press' | 'beat') => void
    readonly silent: (did: Beat['did'], why: 'silent' | 'will' | 'sleeping' | 'off') => void
    readonly trouble: (did: Beat['did'], code: string) => void
  }
  /** Resolves after the fault is on disk; rejects while the disk fails. */
  readonly saveFault: (fault: ButtonFault) => Promise<void>
  readonly clock: Clock
}

/** What the broker sees of the service: presses go to the engine, signs of life to the technician's list. */
export function houseOf (ports: HousePorts): House {
  const { engine, buttons, clock } = ports
  let waiting = 0
  const saved = (fault: ButtonFault): Promise<void> => new Promise((resolve) => {
    waiting += 1
    const done = (): void => { waiting -= 1; resolve() }
    const attempt = (): void => {
      ports.saveFault(fault).then(done, (cause: unknown) => {
        // A store that was closed takes nothing any more: asking on would keep a stopped process alive.
        if (isClosed(cause)) return
        if (waiting > FAULTS_WAITING_MAX) done()
        else clock.after(RETRY_MS, attempt)
      })
    }
    attempt()
  })
  return {
    press: (press) => engine.pressByButton(press),
    mayBeReplay: (did, event, replay) => { engine.mayBeReplay(did, event, replay) },
    fault: (fault) => {
      buttons.trouble(fault.did, fault.fault)
      return saved(fault)
    },
    lightOf: (did, event) => engine.lightOf(did, event),
    lightsOf: (did) => engine.lightsOf(did),
    heard: (beat, by) => { buttons.heard(beat, by) },
    silent: (did, why) => { buttons.silent(did, why) },
    trouble: (did, code) => { buttons.trouble(did, code) }
  }
}
