/** Guards against a simulator that is kinder than the protocol: the firmware's own vectors, replayed against the whole button. */
import t from 'tap'
import type { EventId, Feedback, PressKind } from '../../firmware-protocol/bodies.ts'
import { clears, type Taking } from '../../firmware-protocol/button-light.ts'
import { retryWaitMs, type HeldKind } from '../../firmware-protocol/button-queue.ts'
import { sameEvent } from '../../firmware-protocol/event-key.ts'
import { newFlash, type FlashEvent } from '../../device-sim/live/flash.ts'
import { SimButton } from '../../device-sim/live/button.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { bodyOf, didOf, unhex, vectorFile } from '../firmware-protocol/vector-reader.ts'
import { House, Post, stage } from './post.ts'

type Step = { readonly uptimeMs: number, readonly is: 'frame' | 'look', readonly hex?: string, readonly expect?: Taking | { readonly refused: string }, readonly shows: Feedback | null }
type Case = {
  readonly boot: number, readonly holds: readonly EventId[], readonly steps: readonly Step[]
  readonly hex: string, readonly expect: { readonly is: 'answer' | 'restart' | 'worn-out', readonly boot?: number }
  readonly held: { readonly kind: PressKind, readonly pressedMs: number, readonly answered: boolean }, readonly kind: PressKind, readonly nowMs: number, readonly merges: boolean
  readonly kinds: readonly HeldKind[], readonly drops: number | null
  readonly sent: number, readonly sinceFirstMs: number, readonly waitMs: number
}
const [lights, syncs, merging, overflow, retries] = vectorFile<Case>('button-stories').testGroups

/** A button that comes up with this boot and these events, at the end of an open line. */
async function awaken (group: typeof lights, boot: number, holds: readonly EventId[]) {
  const did = didOf(group?.did ?? '')
  const root = unhex(group?.root ?? '')
  const clock = new FakeClock()
  const post = new Post(clock, did, root)
  const flash = { ...newFlash(86_400), boot: boot - 1, events: holds.map((event): FlashEvent => ({ event, what: { is: 'press', kind: 'alarm' }, merged: 0 })) }
  const happened: (Taking | { readonly refused: string })[] = []
  const button = new SimButton({
    did, root, connect: post.connect, clock, flash,
    watch: {
      left: (why) => { happened.push(/^(BOOT_FOREIGN|DSEQ_NOT_NEWER|EVENT_NOT_HELD|EXPIRED)$/.test(why) ? { takes: false, why } as Taking : { refused: why }) },
      took: () => { happened.push({ takes: true }) }
    }
  })
  button.powerOn()
  await clock.pass(1)
  return { clock, post, flash, button, happened }
}

t.test('what a button takes and shows', async (t) => {
  t.equal(lights?.type, 'ButtonStory')
  for (const story of lights?.tests ?? []) {
    const holds = story.holds.map((event) => bodyOf<EventId>(event))
    const { clock, post, button, flash, happened } = await awaken(lights, story.boot, holds)
    for (const step of story.steps) {
      const at = `${story.comment}, at ${step.uptimeMs} ms`
      await clock.pass(step.uptimeMs - button.uptimeMs)
      if (step.hex !== undefined) {
        const before = flash.mode
        post.raw(unhex(step.hex))
        // A config has no light: that it was taken is seen by what the button does.
        const said = happened.pop() ?? { takes: flash.mode !== before || post.only('hello').length > 1 || flash.beatS !== 86_400 }
        t.strictSame(said, step.expect, at)
      }
      if (step.shows !== null && clears(step.shows)) t.equal(button.holds, 0, `${at}: it left flash`)
      else t.equal(button.lights[0] ?? null, step.shows, `${at}: shows`)
    }
    button.powerOff()
  }
})

t.test('what a button does about a sync', async (t) => {
  t.equal(syncs?.type, 'SyncTest')
  const event: EventId = { evboot: 1, evn: 1, evid: new Uint8Array(8).fill(9) }
  for (const test of syncs?.tests ?? []) {
    const { clock, post, button, flash } = await awaken(syncs, test.boot, [event])
    const before = { connections: post.connections.length, heard: post.heard.length }
    post.raw(unhex(test.hex))
    await clock.pass(1)
    t.equal(post.connections.length - before.connections, test.expect.is === 'restart' ? 1 : 0, `${test.comment}: reconnects only for a new boot`)
    t.equal(flash.boot, test.expect.boot ?? test.boot, `${test.comment}: boot in flash`)
    const answer = post.heard.slice(before.heard).map(({ body }) => body)
    const [first, second] = answer
    t.equal(answer.length, 2, `${test.comment}: each event, then hello`)
    t.ok(first?.is === 'press' && sameEvent(first.event, event) && first.boot === flash.boot, `${test.comment}: the same event`)
    t.ok(second?.is === 'hello' && Buffer.from(second.nonce ?? []).toString() === Buffer.from(nonceOf(post, test.hex)).toString(), `${test.comment}: the nonce`)
    if (test.expect.is === 'restart') t.strictSame(second?.is === 'hello' ? [second.will, second.seq] : [], [1, 3], `${test.comment}: counts from 1, the will first`)
    button.powerOff()
  }
})

function nonceOf (post: Post, hex: string): Uint8Array {
  const read = post.readDown(unhex(hex))
  if (read.is !== 'sync') throw new TypeError(read.is)
  return read.nonce
}

t.test('a trembling hand is one event; another call is another', async (t) => {
  t.equal(merging?.type, 'MergeTest')
  for (const { comment, held, kind, nowMs, merges } of merging?.tests ?? []) {
    const { clock, post, button, flash } = await stage()
    const house = new House()
    await clock.pass(held.pressedMs - button.uptimeMs)
    button.press(held.kind)
    await clock.pass(0)
    if (held.answered) post.say(house.state(post.lastPress, 'received'))
    await clock.pass(nowMs - button.uptimeMs)
    button.press(kind)
    t.equal(button.holds, merges ? 1 : 2, comment)
    t.equal(flash.events[0]?.merged, merges ? 1 : 0, `${comment}: merged`)
    button.powerOff()
  }
})

t.test('a full flash', async (t) => {
  t.equal(overflow?.type, 'OverflowTest')
  for (const { comment, kinds, drops } of overflow?.tests ?? []) {
    const { clock, post, button, flash } = await stage()
    post.answers = false
    post.breaks()
    for (const kind of kinds) {
      if (kind === 'fault') button.fault('tamper')
      else button.press(kind)
      await clock.pass(2_001)
    }
    const kept = flash.events.filter(({ what }) => what.is !== 'fault' || what.fcode !== 'events-lost').map(({ event }) => event.evn)
    t.strictSame(kept, kinds.map((_, index) => index + 1).filter((_, index) => index !== drops), comment)
    t.equal(flash.events.length, drops === null ? kept.length : 17, `${comment}: the loss is told beside them`)
    post.answers = true
    await clock.pass(11_000)
    t.equal(post.only('fault').some(({ fcode }) => fcode === 'events-lost'), drops !== null, `${comment}: said when it can be`)
    t.equal(flash.events.some(({ what }) => what.is === 'fault'), false, `${comment}: PUBACK ends a fault`)
    t.strictSame(new Set(post.only('press').map(({ event }) => event.evn)), new Set(flash.events.map(({ event }) => event.evn)), `${comment}: what went is not sent`)
    button.powerOff()
  }
})

t.test('fast while it matters, for ever, and not so fast that the battery dies', async (t) => {
  const { clock, post, button } = await stage()
  button.press()
  await clock.pass(700_000)
  const times = post.timesOf('press')
  const first = times[0] ?? 0
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  t.strictSame(gaps.slice(0, 6), [500, 1_000, 2_000, 4_000, 8_000, 15_000])
  gaps.forEach((gap, index) => t.equal(gap, retryWaitMs(index + 1, (times[index] ?? 0) - first)))
  t.equal(gaps.at(-1), 60_000, 'after ten minutes every minute')
  t.strictSame((retries?.tests ?? []).map(({ sent, sinceFirstMs }) => retryWaitMs(sent, sinceFirstMs)), (retries?.tests ?? []).map(({ waitMs }) => waitMs))
  button.powerOff()
})
