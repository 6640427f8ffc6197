import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { EventId } from '../../firmware-protocol/bodies.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { deriveKeys } from '../../firmware-protocol/keys.ts'
import type { Treatment } from '../../firmware-protocol/treatment.ts'
import { root } from '../runner/root.ts'
import { Place, TestButton } from './room.ts'

type Date = { readonly pressedAtMs: number, readonly queueMs: number | null, readonly certain: boolean }
type Expect = { readonly treatment: Treatment, readonly life: boolean, readonly gone: boolean, readonly date?: Date }
type WireEvent = Omit<EventId, 'evid'> & { readonly evid: string }
type Step =
  | { readonly atMs: number, readonly is: 'frame', readonly hex: string, readonly expect: Expect }
  | { readonly atMs: number, readonly is: 'closed' | 'erased', readonly event: WireEvent }
  | { readonly atMs: number, readonly is: 'restart' }
type Case = { readonly tcId: number, readonly comment: string, readonly hex: string, readonly result: string, readonly authentic?: boolean, readonly steps: readonly Step[] }
type Group = { readonly did: Did, readonly root: string, readonly direction: string, readonly tests: readonly Case[] }

function groupsOf (name: string): readonly Group[] {
  const file = join(root, `firmware-protocol/vectors/${name}.json`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { testGroups: readonly Group[] }).testGroups.filter(({ direction }) => direction === 'up')
}

function vectorButton (place: Place, { did, root }: Group): TestButton {
  const keys = deriveKeys(new Uint8Array(Buffer.from(root, 'hex')), did)
  place.buttons.known.set(did, { did, keys, wish: { beatS: 30, mode: 0 } })
  return new TestButton(place, did, keys)
}

const eventOf = ({ evboot, evn, evid }: WireEvent): EventId => ({ evboot, evn, evid: new Uint8Array(Buffer.from(evid, 'hex')) })

/** What the house was told, as numbers that a story's step may change. */
function figures ({ house, broker }: Place) {
  const { presses, raised, faults, beats, silences } = house
  return { presses: presses.length, raised: raised.length, faults: faults.length, beats: beats.length, silences: silences.length, syncs: broker.counts().SENT_SYNC ?? 0 }
}

async function play (t: Test, group: Group, story: Case): Promise<void> {
  const place = await Place.open(t)
  const button = vectorButton(place, group)
  await button.connect()
  const startMs = place.clock.now()
  for (const step of story.steps) {
    await place.clock.pass(step.atMs - (place.clock.now() - startMs))
    switch (step.is) {
      case 'frame': await hearFrame(t, place, button, startMs, step)
        break
      case 'closed':
      case 'erased':
        if (step.is === 'erased') place.house.erase(button.did, eventOf(step.event))
        else place.house.light(button.did, eventOf(step.event), 'all-clear')
        break
      case 'restart':
        await place.broker.close()
        await place.start()
        await button.connect()
    }
  }
  await button.hangUp()
}

async function hearFrame (t: Test, place: Place, button: TestButton, startMs: number, { hex, expect }: Extract<Step, { is: 'frame' }>): Promise<void> {
  const before = figures(place)
  await button.raw(Buffer.from(hex, 'hex'))
  const after = figures(place)
  const { does } = expect.treatment
  t.equal(after.raised - before.raised, does === 'raise' ? 1 : 0, `${does}: raised`)
  t.equal(after.presses - before.presses, does === 'raise' || does === 'answer' ? 1 : 0, `${does}: heard as a press`)
  t.equal(after.faults - before.faults, does === 'report' ? 1 : 0, `${does}: reported`)
  t.equal(after.beats - before.beats, expect.life ? 1 : 0, 'a sign of life')
  t.equal(after.silences - before.silences, expect.gone ? 1 : 0, 'gone')
  if (does === 'sync' || ('sync' in expect.treatment && expect.treatment.sync)) t.ok(after.syncs >= 1, 'a sync went')
  else t.equal(after.syncs, before.syncs, 'no sync')
  if (expect.date === undefined) return
  const heard = place.house.presses.at(-1)
  t.match(heard, { pressedAt: startMs + expect.date.pressedAtMs, queueMs: expect.date.queueMs ?? 0 })
  t.equal(heard?.ageMs === null, !expect.date.certain)
}

t.test('every service story of the protocol, through a real broker', async (t) => {
  for (const group of groupsOf('service-stories')) {
    for (const story of group.tests) await t.test(story.comment, async (t) => { await play(t, group, story) })
  }
})

t.test('every press vector: what is readable raises, whatever was left aside; all are acknowledged', async (t) => {
  for (const group of groupsOf('presses')) {
    for (const { comment, hex, result } of group.tests) {
      const place = await Place.open(t)
      const button = await vectorButton(place, group).connect()
      await button.raw(Buffer.from(hex, 'hex'))
      t.equal(place.house.raised.length, result === 'invalid' ? 0 : 1, comment)
      t.equal(place.house.troubles.length, result === 'invalid' ? 1 : 0, comment)
      await button.hangUp()
      await place.broker.close()
    }
  }
})

t.test('every envelope that is not authentic ends the connection and raises nothing', async (t) => {
  const place = await Place.open(t)
  let refused = 0
  for (const group of groupsOf('envelopes')) {
    const button = vectorButton(place, group)
    for (const { hex, result, comment, authentic } of group.tests) {
      if (result !== 'invalid' || authentic === true) continue
      await button.connect()
      const closed = button.closed()
      button.raw(Buffer.from(hex, 'hex')).catch(() => {})
      await closed
      refused += 1
      if (place.house.presses.length > 0) t.fail(comment)
    }
  }
  const { FRAME_REFUSED = 0, PACKET_TOO_LONG = 0 } = place.broker.counts()
  t.equal(FRAME_REFUSED + PACKET_TOO_LONG, refused)
  t.ok(refused > 100)
})
