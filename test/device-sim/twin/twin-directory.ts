/** Routes as the service's own directory does: a quiet check and a missed promise are hers alone, and a quiet check waits by its own waits. */
import type { Kind, Plan, WorkerId } from '../../../server/alarm/alarm.ts'
import type { RoomPress, Routed } from '../../../server/engine/ports.ts'
import { SECOND_MS } from '../../../device-sim/virtual/model/hours.ts'
import type { Policy, Scenario } from '../../../device-sim/scenario/scenario.ts'
import { circle, hers, house, SmallDirectory } from '../../engine/small-house.ts'

export class TwinDirectory extends SmallDirectory {
  readonly #policy: Policy

  constructor (scenario: Scenario) {
    super()
    const [policy] = scenario.policies
    if (policy === undefined) throw new RangeError('the scenario has a policy')
    this.#policy = policy
  }

  override routeButton (press: RoomPress): Routed {
    this.#lay(press.kind, press.kind !== 'assist')
    return super.routeButton(press)
  }

  override routeCheckIn (worker: WorkerId, kind: Kind): Routed {
    this.#lay(kind, false)
    return super.routeCheckIn(worker, kind)
  }

  #lay (kind: Kind, isForTheHouse: boolean): void {
    const { steps, houseLane } = this.#policy
    const lay = (waitS: number, people: readonly string[]) => ({ waitMs: waitS * SECOND_MS, people: people.map((role) => this.#policy.mayKnow.includes(role) ? `${role}*` : role) })
    const plan: Plan = circle(...steps.map(({ waitS, assistWaitS, people }) => lay(kind === 'assist' ? assistWaitS ?? waitS : waitS, people)))
    this.lanes = [{ lane: hers(), plan }, ...(houseLane === null || !isForTheHouse ? [] : [{ lane: house, plan: circle(lay(30, [houseLane])) }])]
  }
}
