/** A house with everything that a list of rooms can show: heard, late, never heard, switched off, cut, without a button. */
import type { Test } from 'tap'
import type { Beat } from '../../broker/ports.ts'
import { enrolled } from '../../device-sim/live/venue.ts'
import type { EnrolledButton } from '../../device-sim/live/venue.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { Venue } from '../../server/people/place-services.ts'
import { granted } from '../faults/full-house.ts'
import type { Stage } from './stage.ts'

const HOUR_MS = 3_600_000
const FAULT = 'selftest'

export type SeededVenue = { readonly venue: Venue, readonly buttons: ReadonlyMap<string, EnrolledButton> }

/** Resolves when all that live were heard once. The service is restarted, so that it knows of beats of an earlier life. */
export async function seedVenue (t: Test, stage: Stage): Promise<SeededVenue> {
  const buttons = new Map<string, EnrolledButton>()
  const venue = await stage.operate(async (people) => {
    const { venue } = granted(await people.venues.add('Maison Claire', 'employed'))
    for (const label of ['Lilac', 'Opal', 'Cedar', 'Saffron', 'Juniper', 'Maple', 'Chambre du fond, au deuxième étage']) {
      const { room } = granted(await people.venues.addRoom(venue.id, label, 'Rue des Tilleuls 12'))
      if (label !== 'Maple') buttons.set(label, granted(await people.buttons.add(room.id, null)).button)
    }
    const { code } = granted(await people.invites.make('reference-person', venue.id))
    const { session } = granted(await people.invites.accept(code, { role: 'reference-person', name: 'Rosa', language: 'en', device: 'story', neverForwards: 'v1' }))
    if (session.who.is !== 'responder') throw new Error('a reference person is a responder')
    granted(await people.offers.make(session.who.id))
    const beat = (label: string, agoMs: number, batteryPct: number, rssiDbm: number): Beat => ({
      did: buttons.get(label)?.did as never, at: systemClock.now() - agoMs as never, beatS: 30, batteryPct, batteryMv: null, rssiDbm, flags: 0, fw: '1.4.2', model: 'wall'
    })
    people.buttons.heard(beat('Opal', 2.5 * HOUR_MS, 62, -90))
    people.buttons.heard(beat('Cedar', 26 * HOUR_MS, 14, -75))
    people.buttons.heard(beat('Saffron', 60_000, 17, -65))
    return venue
  })
  await stage.service.kill('SIGTERM')
  await stage.service.start()
  const live = ['Lilac', 'Saffron', 'Juniper'].map((label) => ({ label, button: buttons.get(label) }))
  await Promise.all(live.map(({ label, button }) => new Promise<void>((resolve) => {
    if (button === undefined) throw new Error(`${label} has a button`)
    const device = enrolled(button, stage.doors, { puback: ({ is }) => { if (is === 'hello' || is === 'fault') resolve() } })
    t.teardown(() => { device.powerOff() })
    device.powerOn()
    if (label === 'Juniper') device.fault(FAULT)
  })))
  return { venue, buttons }
}
