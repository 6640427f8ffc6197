/** Incident: a venue's list showed "beat 2 s ago" between two beats. Whoever watched it knew that somebody had pressed, and when. */
import t from 'tap'
import type { ButtonListed } from '../../server/people/place-services.ts'
import { smallHouse } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'

type Beats = { readonly beatS: number, readonly sleeps: boolean }
const MINUTE_S = 60

/** When a button speaks, by protocol.md: a beat after `beatS` of quiet; a press at once, then `seen` every 20 s until it is all clear. */
function frames (seconds: number, { beatS }: Beats, pressed: { readonly at: number, readonly clear: number } | null): ReadonlySet<number> {
  const said = new Set<number>()
  let due = 0
  for (let now = 0; now < seconds; now++) {
    const isHers = pressed !== null && now >= pressed.at && now < pressed.clear && (now - pressed.at) % 20 === 0
    if (now < due && !isHers) continue
    said.add(now)
    due = now + beatS
  }
  return said
}

class Wall {
  readonly #house: SmallHouse
  readonly #did: string
  readonly #beats: Beats
  readonly #said: ReadonlySet<number>
  readonly #awakeUntil: number

  constructor (house: SmallHouse, did: string, beats: Beats, said: ReadonlySet<number>, awakeUntil = 0) {
    this.#house = house
    this.#did = did
    this.#beats = beats
    this.#said = said
    this.#awakeUntil = awakeUntil
  }

  live (second: number): void {
    const { buttons } = this.#house.people
    if (this.#said.has(second)) {
      buttons.heard({ did: this.#did, at: this.#house.clock.now(), beatS: this.#beats.beatS, batteryPct: 80, batteryMv: null, rssiDbm: -60, flags: 0, fw: '1', model: 'sim' } as never)
    }
    if (this.#beats.sleeps && this.#said.has(second - 2) && second >= this.#awakeUntil) buttons.silent(this.#did as never, 'sleeping')
  }
}

for (const beats of [{ beatS: 30, sleeps: false }, { beatS: 600, sleeps: true }]) {
  t.test(`R21: a press moves nothing on a venue's list, whenever it comes; a beat every ${beats.beatS} s`, async (t) => {
    const house = await smallHouse(t)
    const venue = await house.venue()
    const seconds = beats.beatS * 6
    const moments = Array.from({ length: 24 }, (_, n) => beats.beatS + Math.round(n * beats.beatS / 8) + n)
    const calm = await house.button(await house.room(venue, 'Calm'))
    const walls = [new Wall(house, calm, beats, frames(seconds, beats, null))]
    for (const at of moments) {
      const did = await house.button(await house.room(venue, `Room ${at}`))
      walls.push(new Wall(house, did, beats, frames(seconds, beats, { at, clear: at + 4 * MINUTE_S }), at + 4 * MINUTE_S < seconds ? 0 : seconds))
    }
    const seen = ({ did, room, ...shown }: ButtonListed): string => JSON.stringify(shown)
    const differ: string[] = []
    for (let second = 0; second < seconds; second++) {
      for (const wall of walls) wall.live(second)
      const [first = '', ...others] = house.people.buttons.shown(venue.id).map(seen)
      for (const other of others) if (other !== first) differ.push(`${second} s: ${other} is not ${first}`)
      await house.clock.pass(1_000)
    }
    t.same(differ.slice(0, 3), [])
    t.match(house.people.buttons.shown(venue.id)[0], { batteryPct: 80, silent: beats.sleeps ? 'sleeping' : null })
  })
}

t.test('what comes back is shown at once; what falls silent stays where it was heard last', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const did = await house.button(await house.room(venue))
  const shown = (): ButtonListed | undefined => house.people.buttons.shown(venue.id)[0]
  t.match(shown(), { lastBeatAt: null, silent: null })
  const wall = new Wall(house, did, { beatS: 30, sleeps: false }, new Set([0, 1]))
  wall.live(0)
  const first = shown()?.lastBeatAt ?? 0
  t.ok(first > 0 && first <= house.clock.now() && house.clock.now() - first < 60_000, 'the minute of the first beat')
  await house.clock.pass(300_000)
  house.people.buttons.silent(did as never, 'silent')
  t.match(shown(), { lastBeatAt: first, silent: 'silent' })
  wall.live(1)
  t.match(shown(), { silent: null })
  t.ok((shown()?.lastBeatAt ?? 0) > first, 'whoever mends it need not wait')
})
