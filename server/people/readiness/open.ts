/** Readiness and drills, put together. */
import type { Cancel } from '../../clock/clock.ts'
import type { Base } from '../base.ts'
import type { ButtonBook } from '../button.ts'
import { DRILL_REMIND_EVERY_MS } from '../limits.ts'
import type { VeilBook } from '../veil-book.ts'
import { Drills } from './drill.ts'
import type { ReadinessPorts } from './ports.ts'
import type { DrillService, ReadinessService } from './services.ts'
import { ReadinessWatch } from './watch.ts'

export type OpenReadiness = {
  readonly readiness: ReadinessService
  readonly drills: DrillService
  readonly watch: ReadinessWatch
  /** Once engine and sockets are there. Returns the way to stop. */
  start (ports: ReadinessPorts): Cancel
}

export function openReadiness (base: Base, buttons: ButtonBook, veils: Pick<VeilBook, 'lie' | 'onChanged'>): OpenReadiness {
  const watch = new ReadinessWatch(base, buttons, (worker) => veils.lie(worker)?.firstStep ?? null)
  veils.onChanged((worker) => { watch.touched(worker) })
  let ports: ReadinessPorts | null = null
  const drills = new Drills(base, () => ports, (worker) => veils.lie(worker)?.firstStep.length === 0)
  return {
    readiness: {
      of: (worker) => watch.of(worker),
      deafOf: (worker) => watch.deafOf(worker),
      gaveSign: (responder, session, rings) => { watch.devices.gaveSign(responder, session, rings) },
      sawTogether: (sessions) => { watch.devices.sawTogether(sessions) },
      sawPush: (worker, url) => { watch.devices.sawPush(worker, url) }
    },
    drills,
    watch,
    start (given) {
      ports = given
      const stopWatching = watch.start(given)
      drills.endCutOff()
      const forget = given.drills.onDrill((fact) => { drills.heard(fact) })
      const stopReminding = remindHourly(base, drills)
      return () => {
        stopReminding()
        forget()
        stopWatching()
        ports = null
      }
    }
  }
}

function remindHourly (base: Base, drills: Drills): Cancel {
  let cancel: Cancel = () => undefined
  const look = (): void => {
    cancel = base.clock.after(DRILL_REMIND_EVERY_MS, look)
    void drills.remind()
  }
  look()
  return () => { cancel() }
}
