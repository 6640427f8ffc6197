import type { UpBody } from './bodies.ts'
import { datePress, hearUptime, provesLife, QUEUE_CLOCK_EMPTY, type PressDate, type QueueClock } from './dates.ts'
import { treat, type EventMemory, type Treatment } from './treatment.ts'
import { hearHello, WILL_NONE, willCounts, type WillWatch } from './will.ts'
import { afterRestart, judge, WINDOW_EMPTY, type Verdict, type Window } from './window.ts'

/** All that the service must remember of one button to judge its frames. Plain JSON. */
export type Ear = {
  readonly window: Window
  readonly will: WillWatch
  readonly queue: QueueClock
  /** Newest accepted uptime of the window's boot: the `heard` of every downlink. */
  readonly heardMs: number
}
export const EAR_NEW: Ear = { window: WINDOW_EMPTY, will: WILL_NONE, queue: QUEUE_CLOCK_EMPTY, heardMs: 0 }

export type Heard = {
  readonly ear: Ear
  /** null: a last will or an unknown type, which no window judges. */
  readonly verdict: Verdict | null
  readonly treatment: Treatment
  /** The button lives now. */
  readonly life: boolean
  /** The button says goodbye, or its last will counts. */
  readonly gone: boolean
  /** Of a press; a stale one has no queue time. */
  readonly date: PressDate | null
  /** What a `state` in answer must carry to be taken. For a stale frame its own boot, and only for this answer. */
  readonly answer: { readonly boot: number, readonly heardMs: number }
}

/** When a frame came: by the wall, and by a clock that never jumps. */
export type Received = { readonly atMs: number, readonly monoMs: number }

/**
 * protocol.md, "What the service does with an authentic frame": counters, will, dates and treatment in one step.
 * @param memory of the event of a press or fault; `unknown` for other bodies
 */
export function hear (ear: Ear, body: UpBody, memory: EventMemory, received: Received): Heard {
  if (body.is === 'unknown') return quiet(ear, treat(body, 'stale', memory), false)
  if (body.is === 'bye' && body.why === 'will') {
    const { counts, watch } = willCounts(ear.will, body)
    return quiet({ ...ear, will: watch }, treat(body, 'stale', memory), counts)
  }
  const judged = judge(ear.window, body.boot, body.seq)
  const treatment = treat(body, judged.verdict, memory)
  if (!judged.accepted) {
    return {
      ear,
      verdict: judged.verdict,
      treatment,
      life: false,
      gone: false,
      date: body.is === 'press' ? datePress(received.atMs, body.ageMs, null) : null,
      answer: { boot: body.boot, heardMs: body.uptimeMs ?? 0 }
    }
  }
  const { clock, queueMs } = hearUptime(ear.queue, body.boot, body.uptimeMs, received.monoMs)
  const known = body.boot > ear.window.boot ? 0 : ear.heardMs
  const heardMs = Math.max(known, body.uptimeMs ?? 0)
  // A goodbye that newer frames have overtaken is old news: a bridge may hold one back and let it go while the button lives.
  const gone = body.is === 'bye' && judged.verdict === 'newer'
  return {
    ear: { window: judged.window, will: body.is === 'hello' ? hearHello(ear.will, body) : ear.will, queue: clock, heardMs },
    verdict: judged.verdict,
    treatment,
    life: body.is !== 'bye' && judged.presence && provesLife(queueMs),
    gone,
    date: body.is === 'press' ? datePress(received.atMs, body.ageMs, queueMs) : null,
    answer: { boot: judged.window.boot, heardMs }
  }
}

/**
 * What was saved, as it may be used after a restart: counters below the window's end prove no life, and the queue
 * clock is gone with the process whose monotonic time it was measured in.
 */
export function earAfterRestart (saved: Ear): Ear {
  return { ...saved, window: afterRestart(saved.window), queue: QUEUE_CLOCK_EMPTY }
}

function quiet (ear: Ear, treatment: Treatment, gone: boolean): Heard {
  return { ear, verdict: null, treatment, life: false, gone, date: null, answer: { boot: ear.window.boot, heardMs: ear.heardMs } }
}
