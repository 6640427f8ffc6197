import { decodeDown, decodeUp, encodeDown } from '../../firmware-protocol/codec.ts'
import type { DownBody, Feedback, PressBody, PressKind, SentDown, UpBody } from '../../firmware-protocol/bodies.ts'
import { eventKey } from '../../firmware-protocol/event-key.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { deriveKeys, type ButtonKeys } from '../../firmware-protocol/keys.ts'
import { newFlash, type Flash } from '../../device-sim/live/flash.ts'
import { SimButton } from '../../device-sim/live/button.ts'
import type { Connect, LinkEvents, LinkOptions } from '../../device-sim/live/ports.ts'
import { FakeClock } from '../clock/fake-clock.ts'

export const DID = '00112233445566aa' as Did
export const ROOT = new Uint8Array(32).fill(7)

export type Heard = { readonly atMs: number, readonly body: UpBody }

/** The other end of a button's line, in memory: it reads every frame, acknowledges it, and says what the story wants. */
export class Post {
  readonly clock: FakeClock
  readonly did: Did
  readonly keys: ButtonKeys
  readonly heard: Heard[] = []
  readonly connections: LinkOptions[] = []
  /** How many frames had been heard at each SUBSCRIBE, by topic. */
  readonly subscriptions: { readonly topic: string, readonly after: number }[] = []
  readonly endings: ('end' | 'cut')[] = []
  /** false: nobody acknowledges anything. */
  acknowledges = true
  /** false: CONNECT is not answered. */
  answers = true
  /** Asked after each frame; what it returns is sent down. */
  reply: (body: UpBody) => readonly SentDown[] = () => []
  #events: LinkEvents | null = null

  constructor (clock: FakeClock, did: Did = DID, root: Uint8Array = ROOT) {
    this.clock = clock
    this.did = did
    this.keys = deriveKeys(root, did)
  }

  readonly connect: Connect = (options, events) => {
    this.connections.push(options)
    let over = false
    this.clock.after(0, () => {
      if (over || !this.answers) return
      this.#events = events
      events.connected()
    })
    const hangUp = (how: 'end' | 'cut'): void => {
      over = true
      this.endings.push(how)
      if (this.#events === events) this.#events = null
    }
    return {
      subscribe: (topic) => { this.subscriptions.push({ topic, after: this.heard.length }) },
      publish: (_topic, payload) => new Promise((resolve) => {
        if (!this.acknowledges) return
        resolve()
        this.#hear(payload)
      }),
      end: () => { hangUp('end') },
      cut: () => { hangUp('cut') }
    }
  }

  /** The line breaks. */
  breaks (): void {
    const events = this.#events
    this.#events = null
    events?.lost()
  }

  raw (frame: Uint8Array): void { this.#events?.message(frame) }
  frameOf (body: SentDown): Uint8Array { return encodeDown(body, this.did, this.keys.down) }
  say (body: SentDown): void { this.raw(this.frameOf(body)) }

  /** A downlink as this button would read it. */
  readDown (frame: Uint8Array): DownBody {
    const read = decodeDown(frame, this.did, this.keys.down)
    if (!read.ok) throw new RangeError(read.code)
    return read.body
  }

  only<Is extends UpBody['is']> (is: Is): Extract<UpBody, { is: Is }>[] {
    return this.heard.map(({ body }) => body).filter((body): body is Extract<UpBody, { is: Is }> => body.is === is)
  }

  /** When each frame of this kind came. */
  timesOf (is: UpBody['is']): number[] { return this.heard.filter(({ body }) => body.is === is).map(({ atMs }) => atMs) }

  /** The last press frame heard; throws when none was. */
  get lastPress (): PressBody {
    const press = this.only('press').at(-1)
    if (press === undefined) throw new RangeError('no press was heard')
    return press
  }

  #hear (payload: Uint8Array): void {
    const read = decodeUp(payload, this.did, this.keys.up)
    if (!read.ok) throw new RangeError(`a button sent what nobody can read: ${read.code}`)
    this.heard.push({ atMs: this.clock.mono(), body: read.body })
    for (const answer of this.reply(read.body)) this.clock.after(1, () => { this.say(answer) })
  }
}

/** A house that knows each event and says one feedback for each frame about it. */
export class House {
  readonly events = new Map<string, PressKind>()
  #dseq = 1_000
  feedback: Feedback | null = 'received'
  readonly #did: Did

  constructor (did: Did = DID) { this.#did = did }

  readonly reply = (body: UpBody): readonly SentDown[] => {
    if (body.is !== 'press') return []
    this.events.set(eventKey(this.#did, body.event), body.kind)
    return this.feedback === null ? [] : [this.state(body, this.feedback)]
  }

  state (press: PressBody, feedback: Feedback, more: { boot?: number, ttlS?: number, heardMs?: number } = {}): SentDown {
    return { is: 'state', boot: press.boot, dseq: ++this.#dseq, heardMs: press.uptimeMs ?? 0, event: press.event, feedback, ttlS: 60, ...more }
  }

  config (press: { readonly boot: number }, mode: number, beatS = 30): SentDown {
    return { is: 'config', boot: press.boot, dseq: ++this.#dseq, heardMs: 0, beatS, mode }
  }
}

export type Stage = { readonly clock: FakeClock, readonly post: Post, readonly flash: Flash, readonly button: SimButton, readonly left: string[] }

/** A button that is connected to a post, in a dark room. */
export async function stage (of: { readonly flash?: Flash, readonly sleeper?: boolean, readonly seqMax?: number, readonly jitterMs?: () => number, readonly reply?: Post['reply'] } = {}): Promise<Stage> {
  const clock = new FakeClock()
  const post = new Post(clock)
  if (of.reply !== undefined) post.reply = of.reply
  const flash = of.flash ?? newFlash(30)
  const left: string[] = []
  const button = new SimButton({ did: DID, root: ROOT, connect: post.connect, clock, flash, sleeper: of.sleeper ?? false, ...(of.seqMax === undefined ? {} : { seqMax: of.seqMax }), ...(of.jitterMs === undefined ? {} : { jitterMs: of.jitterMs }), watch: { left: (why) => { left.push(why) } } })
  button.powerOn()
  await clock.pass(1)
  return { clock, post, flash, button, left }
}
