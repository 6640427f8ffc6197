/** Incident: a press was lost where the network was worst, which is where it was needed. Whatever the link does, these hold. */
import t from 'tap'
import fc from 'fast-check'
import type { EventId, PressKind, StateBody } from '../../firmware-protocol/bodies.ts'
import { clears } from '../../firmware-protocol/button-light.ts'
import { eventKey } from '../../firmware-protocol/event-key.ts'
import { BadLink, type LinkFaults } from '../../device-sim/live/bad-link.ts'
import { SimButton } from '../../device-sim/live/button.ts'
import { newFlash } from '../../device-sim/live/flash.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { DID, House, Post, ROOT } from './post.ts'

const KINDS = ['test', 'alarm', 'silent-alarm', 'assist'] as const
const PASSES = { numRuns: 60 }
/** The longest silence of a healed way: 15 s retries, a CONNECT given up after 5 s, and 5 s until the next. */
const HEALED_MS = 60_000

type Act =
  | { readonly is: 'press', readonly kind: PressKind }
  | { readonly is: 'partition' | 'heal' | 'cut' | 'reboot' }
  | { readonly is: 'pass', readonly ms: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ is: fc.constant('press' as const), kind: fc.constantFrom(...KINDS) }),
  fc.record({ is: fc.constantFrom('partition' as const, 'heal' as const, 'cut' as const, 'reboot' as const) }),
  fc.record({ is: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 30_000 }) })
)
const faults: fc.Arbitrary<LinkFaults> = fc.record({
  delayMs: fc.record({ least: fc.integer({ min: 0, max: 50 }), most: fc.integer({ min: 50, max: 900 }) }),
  loss: fc.double({ min: 0, max: 0.5, noNaN: true }),
  duplicate: fc.double({ min: 0, max: 0.5, noNaN: true }),
  deadAfterIdleMs: fc.constantFrom(null, 10_000)
})

class Line {
  readonly clock = new FakeClock()
  readonly post = new Post(this.clock)
  readonly house = new House()
  readonly flash = newFlash(30)
  readonly link: BadLink
  readonly button: SimButton
  /** Every event that ever lay in flash. */
  readonly stored = new Set<string>()
  readonly cleared = new Set<string>()
  readonly took: StateBody[] = []

  constructor (bad: LinkFaults, seed: number) {
    this.post.reply = this.house.reply
    this.link = new BadLink(this.post.connect, bad, this.clock, seed)
    this.button = new SimButton({
      did: DID, root: ROOT, connect: this.link.connect, clock: this.clock, flash: this.flash,
      watch: {
        took: (state) => {
          this.took.push(state)
          if (clears(state.feedback)) this.cleared.add(eventKey(DID, state.event))
        }
      }
    })
    this.button.powerOn()
  }

  get inFlash (): Set<string> { return new Set(this.flash.events.map(({ event }: { event: EventId }) => eventKey(DID, event))) }

  async does (what: Act): Promise<void> {
    switch (what.is) {
      case 'press': this.button.press(what.kind); break
      case 'partition': this.link.partition(); break
      case 'heal': this.link.heal(); break
      case 'cut': this.link.cut(); break
      case 'reboot': this.button.powerOff(); this.button.powerOn(); break
      case 'pass': await this.clock.pass(what.ms)
    }
    for (const key of this.inFlash) this.stored.add(key)
  }
}

t.test('a press stays in flash until it is clear, and is heard once anything gets through', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 15 }), faults, fc.integer(), async (acts, bad, seed) => {
    const line = new Line(bad, seed)
    for (const each of acts) await line.does(each)
    for (const key of line.stored) if (!line.inFlash.has(key) && !line.cleared.has(key)) throw new Error(`${key} left flash before it was clear`)
    line.link.heal()
    for (let waited = 0; waited < 20 && line.button.lights.some((light) => light === null); waited++) await line.clock.pass(HEALED_MS)
    for (const key of line.stored) if (!line.house.events.has(key)) throw new Error(`${key} was never heard`)
    if (line.button.lights.some((light) => light === null)) throw new Error('sent no more, and no state came')
    line.house.feedback = 'all-clear'
    for (let waited = 0; waited < 40 && line.button.holds > 0; waited++) {
      line.link.cut()
      await line.clock.pass(HEALED_MS)
    }
    if (line.button.holds > 0) throw new Error('not clear in the end')
    line.button.powerOff()
  }), PASSES)
  t.pass('held for every link')
})

t.test('never a light for a foreign, stale or expired state', async (t) => {
  const wrong = fc.constantFrom('boot', 'event', 'dseq', 'expired', 'bits' as const)
  await fc.assert(fc.asyncProperty(fc.array(wrong, { minLength: 1, maxLength: 8 }), fc.constantFrom('received', 'coming', 'no-answer-yet'), fc.boolean(), async (kinds, feedback, held) => {
    const line = new Line({ delayMs: { least: 0, most: 0 }, loss: 0, duplicate: 0, deadAfterIdleMs: null }, 1)
    line.house.feedback = held ? 'received' : null
    await line.clock.pass(1)
    line.button.press()
    await line.clock.pass(70_000)
    const before = line.took.length
    const press = line.post.lastPress
    for (const kind of kinds) {
      const fresh = line.house.state(press, feedback as 'coming', { heardMs: line.button.uptimeMs })
      if (fresh.is !== 'state') throw new TypeError('a state')
      if (kind === 'boot') line.post.say({ ...fresh, boot: press.boot + 1 })
      if (kind === 'event') line.post.say({ ...fresh, event: { ...press.event, evn: press.event.evn + 1 } })
      if (kind === 'expired') line.post.say({ ...fresh, heardMs: 0, ttlS: 60 })
      if (kind === 'bits') line.post.raw(line.post.frameOf(fresh).map((byte, index) => index === 60 ? byte ^ 1 : byte))
      if (kind === 'dseq' && held) line.post.say({ ...fresh, dseq: 1_001 })
    }
    await line.clock.pass(10)
    if (line.took.length !== before) throw new Error('it was taken')
    if (line.button.lights[0] !== (held ? 'received' : null)) throw new Error('it lit')
    line.button.powerOff()
  }), PASSES)
  t.pass('held for every lie')
})

t.test('never a sign in the dark, never one of a silent alarm', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 7 }), fc.constantFrom('received', 'coming', 'no-answer-yet' as const), async (kinds, mode, feedback) => {
    const line = new Line({ delayMs: { least: 0, most: 0 }, loss: 0, duplicate: 0, deadAfterIdleMs: null }, 1)
    line.house.feedback = feedback as 'coming'
    line.flash.mode = mode
    await line.clock.pass(1)
    for (const kind of kinds) {
      line.button.press(kind)
      await line.clock.pass(2_500)
      const loud = mode === 0 || feedback === 'no-answer-yet' ? 0 : kinds.slice(0, line.button.lights.length).filter((each) => each !== 'silent-alarm').length
      if (line.button.visible.length !== loud) throw new Error(`${line.button.visible.length} signs instead of ${loud}`)
    }
    line.button.powerOff()
  }), PASSES)
  t.pass('held in every mode')
})

t.test('never more than 16 events and one word about the loss; the first call stays', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...KINDS, 'fault' as const), { minLength: 1, maxLength: 60 }), async (kinds) => {
    const line = new Line({ delayMs: { least: 0, most: 0 }, loss: 0, duplicate: 0, deadAfterIdleMs: null }, 1)
    line.link.partition()
    let firstCall: EventId | null = null
    for (const kind of kinds) {
      if (kind === 'fault') line.button.fault('tamper')
      else line.button.press(kind)
      await line.clock.pass(2_001)
      const words = line.flash.events.filter(({ what }) => what.is === 'fault' && what.fcode === 'events-lost').length
      if (words > 1 || line.flash.events.length - words > 16) throw new Error('more than its flash')
      const calls = line.flash.events.filter(({ what }) => what.is === 'press' && what.kind !== 'test')
      firstCall ??= calls[0]?.event ?? null
      if (firstCall !== null && calls[0]?.event !== firstCall) throw new Error('the first call went')
    }
    line.button.powerOff()
  }), { numRuns: 30 })
  t.pass('held for every flood')
})

t.test('the first press after a long idle: the dead way is found out within 3 s', async (t) => {
  const line = new Line({ delayMs: { least: 5, most: 10 }, loss: 0, duplicate: 0, deadAfterIdleMs: 20_000 }, 7)
  await line.clock.pass(25_000)
  line.button.press()
  await line.clock.pass(2_900)
  t.equal(line.post.only('press').length, 0, 'the way is dead')
  await line.clock.pass(300)
  t.equal(line.post.only('press').length, 1)
  t.strictSame(line.button.lights, ['received'])
  line.button.powerOff()
})

t.test('one seed, one sequence of faults', async (t) => {
  const run = async (seed: number): Promise<readonly number[]> => {
    const line = new Line({ delayMs: { least: 5, most: 400 }, loss: 0.3, duplicate: 0.2, deadAfterIdleMs: null }, seed)
    for (let i = 0; i < 5; i++) {
      line.button.press()
      await line.clock.pass(9_000)
    }
    line.button.powerOff()
    return line.post.heard.map(({ atMs }) => atMs)
  }
  const first = await run(11)
  t.ok(first.length > 5)
  t.strictSame(await run(11), first)
  t.notSame(await run(12), first)
})
