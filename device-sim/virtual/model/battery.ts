/** A battery: told as low before it is empty, replaced some time after that, or not in time. */
import type { ButtonType } from '../../scenario/scenario.ts'
import { Outages, alwaysUp, remaining } from '../chance/outages.ts'
import { sample } from '../chance/sample.ts'
import { SECOND_MS } from './hours.ts'
import type { Draws } from './world.ts'

/** Told as low at a fifth of its life (R19). */
const LOW_SHARE = 0.2
/** Batteries that live no time at all come to no end either. */
const TRIES_MOST = 1_000

/** Down from the empty battery to the new one, as far as `lastMs`. It has run for ever: the first one is of any age. */
export function batteryOf (entity: string, button: ButtonType, draws: Draws, lastMs: number): Outages {
  if (button.mainsPowered || button.battery.draw.is === 'never') return alwaysUp()
  const lives = draws.of(entity, 'battery')
  const replaced = draws.of(entity, 'battery replaced')
  let k = 0
  let newAt = 0
  return new Outages(() => {
    // Replaced in time, again and again: one that is never empty is not looked for beyond the end.
    for (let tries = 0; tries < TRIES_MOST && newAt <= lastMs; tries++) {
      const life = (k === 0 ? remaining(button.battery.draw, lives.at(0)) : sample(button.battery.draw, lives.at(k))) * SECOND_MS
      const whole = k === 0 ? sample(button.battery.draw, lives.at(1)) * SECOND_MS : life
      const emptyAt = newAt + life
      const next = Math.max(emptyAt - LOW_SHARE * Math.max(whole, life), newAt) + sample(button.replaced.draw, replaced.at(k)) * SECOND_MS
      k += 1
      newAt = next
      if (emptyAt === Infinity) return null
      if (next > emptyAt) return { from: emptyAt, to: next }
    }
    return null
  })
}
