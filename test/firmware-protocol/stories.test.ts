/** Replays the vector files' stories: what the service concludes from frames, what a button does with its answers. */
import t from 'tap'
import type { EventId, Feedback, StateBody } from '../../firmware-protocol/bodies.ts'
import { feedbackAt, takesConfig, takesState, type Taking } from '../../firmware-protocol/button-light.ts'
import { answerSync, dropsAt, merges, retryWaitMs, type HeldKind } from '../../firmware-protocol/button-queue.ts'
import { decodeDown, decodeUp } from '../../firmware-protocol/codec.ts'
import { EAR_NEW, earAfterRestart, hear, type Ear, type Heard } from '../../firmware-protocol/ear.ts'
import { eventKey } from '../../firmware-protocol/event-key.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import type { EventMemory } from '../../firmware-protocol/treatment.ts'
import { bodyOf, didOf, plain, unhex, vectorFile } from './vector-reader.ts'

type EventText = { readonly evboot: number, readonly evn: number, readonly evid: string }
type ServiceStep =
  | { readonly atMs: number, readonly is: 'frame', readonly hex: string, readonly expect: unknown }
  | { readonly atMs: number, readonly is: 'closed' | 'erased', readonly event: EventText }
  | { readonly atMs: number, readonly is: 'restart' }

/** A service that remembers as protocol.md says, and nothing else. */
class Service {
  ear: Ear = EAR_NEW
  readonly #events = new Map<string, EventMemory>()
  readonly #did: Did
  readonly #key: Uint8Array

  constructor (did: Did, key: Uint8Array) {
    this.#did = did
    this.#key = key
  }

  hears (frameHex: string, atMs: number): Heard {
    const decoded = decodeUp(unhex(frameHex), this.#did, this.#key)
    if (!decoded.ok) throw new TypeError(decoded.code)
    const { body } = decoded
    const event = body.is === 'press' || body.is === 'fault' ? eventKey(this.#did, body.event) : null
    const memory = (event === null ? undefined : this.#events.get(event)) ?? { is: 'unknown' }
    const heard = hear(this.ear, body, memory, { atMs, monoMs: atMs })
    this.ear = heard.ear
    if (event !== null && (heard.treatment.does === 'raise' || heard.treatment.does === 'report')) {
      this.#events.set(event, { is: 'open', merged: body.is === 'press' ? body.merged ?? 0 : 0 })
    }
    return heard
  }

  ends (event: EventText, how: 'closed' | 'erased'): void {
    const key = eventKey(this.#did, bodyOf<EventId>(event))
    const memory = this.#events.get(key)
    if (memory?.is !== 'open') throw new TypeError('no such alarm')
    this.#events.set(key, how === 'closed' ? { is: 'closed', merged: memory.merged } : { is: 'gone' })
  }

  restarts (): void {
    this.ear = earAfterRestart(JSON.parse(JSON.stringify(this.ear)) as Ear)
  }
}

function conclusion (heard: Heard): unknown {
  const { verdict, treatment, life, gone, date } = heard
  return { verdict, treatment, life, gone, ...(date === null ? {} : { date: { pressedAtMs: date.pressedAtMs, queueMs: date.queueMs, certain: date.certain } }) }
}

t.test('what the service concludes', async (t) => {
  for (const group of vectorFile<{ readonly steps: readonly ServiceStep[] }>('service-stories').testGroups) {
    for (const story of group.tests) {
      const service = new Service(didOf(group.did), unhex(group.key))
      for (const step of story.steps) {
        if (step.is === 'frame') t.strictSame(conclusion(service.hears(step.hex, step.atMs)), step.expect, `${story.comment}, at ${step.atMs} ms`)
        else if (step.is === 'restart') service.restarts()
        else service.ends(step.event, step.is)
      }
    }
  }
})

type ButtonStep = { readonly uptimeMs: number, readonly is: 'frame' | 'look', readonly hex?: string, readonly expect?: Taking | { readonly refused: string }, readonly shows: Feedback | null }
type ButtonCase = {
  readonly boot: number, readonly holds: readonly EventText[], readonly steps: readonly ButtonStep[]
  readonly hex: string, readonly expect: unknown
  readonly held: { readonly kind: HeldKind, readonly pressedMs: number, readonly answered: boolean }, readonly kind: 'alarm', readonly nowMs: number, readonly merges: boolean
  readonly kinds: readonly HeldKind[], readonly drops: number | null
  readonly sent: number, readonly sinceFirstMs: number, readonly waitMs: number
}
const [lights, syncs, merging, overflow, retries] = vectorFile<ButtonCase>('button-stories').testGroups

/** The light of one button: what it holds for its one event. */
class Light {
  readonly #boot: number
  readonly #holds: readonly EventId[]
  #dseq = 0
  #held: StateBody | null = null

  constructor (story: ButtonCase) {
    this.#boot = story.boot
    this.#holds = story.holds.map((event) => bodyOf<EventId>(event))
  }

  hears (frame: Uint8Array, did: Did, key: Uint8Array, uptimeMs: number): Taking | { readonly refused: string } {
    const decoded = decodeDown(frame, did, key)
    if (!decoded.ok) return { refused: decoded.code }
    const { body } = decoded
    const view = { boot: this.#boot, dseq: this.#dseq, uptimeMs, holds: this.#holds }
    if (body.is !== 'state' && body.is !== 'config') throw new TypeError(body.is)
    const taking = body.is === 'state' ? takesState(view, body) : takesConfig(view, body)
    if (taking.takes) this.#dseq = body.dseq
    if (taking.takes && body.is === 'state') this.#held = body
    return taking
  }

  shows (uptimeMs: number): Feedback | null {
    return this.#held === null ? null : feedbackAt(this.#held, uptimeMs)
  }
}

t.test('what a button takes and shows', async (t) => {
  t.equal(lights?.type, 'ButtonStory')
  for (const story of lights?.tests ?? []) {
    const light = new Light(story)
    for (const step of story.steps) {
      const at = `${story.comment}, at ${step.uptimeMs} ms`
      if (step.hex !== undefined) t.strictSame(light.hears(unhex(step.hex), didOf(lights?.did ?? ''), unhex(lights?.key ?? ''), step.uptimeMs), step.expect, at)
      t.equal(light.shows(step.uptimeMs), step.shows, `${at}: shows`)
    }
  }
})

t.test('what a button does about a sync', async (t) => {
  t.equal(syncs?.type, 'SyncTest')
  for (const test of syncs?.tests ?? []) {
    const decoded = decodeDown(unhex(test.hex), didOf(syncs?.did ?? ''), unhex(syncs?.key ?? ''))
    if (!decoded.ok || decoded.body.is !== 'sync') throw new TypeError(test.comment)
    t.strictSame(plain(answerSync(test.boot, decoded.body)), test.expect, test.comment)
  }
})

t.test('what a button keeps, merges and sends again', async (t) => {
  t.strictSame([merging?.type, overflow?.type, retries?.type], ['MergeTest', 'OverflowTest', 'RetryTest'])
  for (const test of merging?.tests ?? []) t.equal(merges(test.held, test.kind, test.nowMs), test.merges, test.comment)
  for (const test of overflow?.tests ?? []) t.equal(dropsAt(test.kinds), test.drops, test.comment)
  for (const test of retries?.tests ?? []) t.equal(retryWaitMs(test.sent, test.sinceFirstMs), test.waitMs, test.comment)
})
