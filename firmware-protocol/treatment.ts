import type { PressBody, UpBody } from './bodies.ts'
import { assertNever } from './misuse.ts'
import type { Verdict } from './window.ts'

/**
 * What the service remembers of the frame's event. `closed`: its alarm is over; `gone`: only the keyed hash is left,
 * its alarm was erased. `merged`: the greatest count seen (0: none).
 */
export type EventMemory =
  | { readonly is: 'unknown' }
  | { readonly is: 'open' | 'closed', readonly merged: number }
  | { readonly is: 'gone' }

/** What to do with an authentic frame. Every one is acknowledged; press and fault once durable. */
export type Treatment =
  /** Opens an alarm, or joins the button's open one. Suspect: it still escalates while `sync` asks for proof. */
  | { readonly does: 'raise', readonly suspect: boolean, readonly sync: boolean }
  /** Answers with the present state of the event's alarm (`all-clear` when that is over or gone); opens nothing. */
  | { readonly does: 'answer' }
  /** Tells the technician of a fault. */
  | { readonly does: 'report', readonly suspect: boolean, readonly sync: boolean }
  /** Uses the frame for what it says: beat, hello, seen, bye. */
  | { readonly does: 'take' }
  /** Asks will.ts whether this last will counts. */
  | { readonly does: 'weigh-will' }
  /** Does nothing but answer a stale hello with `sync`. */
  | { readonly does: 'sync' }
  /** Counts it, nothing else. */
  | { readonly does: 'drop' }

/**
 * protocol.md, "What the service does with an authentic frame", 1 to 4.
 * @param verdict of the counter window; a will is not judged by it
 * @param memory of the event of a press or fault; `unknown` for the others
 */
export function treat (body: UpBody, verdict: Verdict, memory: EventMemory): Treatment {
  const accepted = verdict === 'newer' || verdict === 'unseen'
  switch (body.is) {
    case 'press': return treatPress(body, accepted, memory)
    case 'fault': return treatFault(accepted, memory)
    case 'hello': return { does: accepted ? 'take' : 'sync' }
    case 'bye':
      if (body.why === 'will') return { does: 'weigh-will' }
      return { does: accepted ? 'take' : 'drop' }
    case 'beat':
    case 'seen': return { does: accepted ? 'take' : 'drop' }
    case 'unknown': return { does: 'drop' }
    default: return assertNever(body)
  }
}

function treatPress (press: PressBody, accepted: boolean, memory: EventMemory): Treatment {
  const raise: Treatment = { does: 'raise', suspect: !accepted, sync: !accepted }
  switch (memory.is) {
    case 'unknown': return raise
    // She pressed again, within the event that she believes is still waiting: after a closed alarm that is a new one.
    case 'closed': return (press.merged ?? 0) > memory.merged ? raise : { does: 'answer' }
    case 'open':
    case 'gone': return { does: 'answer' }
    default: return assertNever(memory)
  }
}

/** PUBACK ends a fault at the button, so one that is stale after a flash loss must not be dropped. */
function treatFault (accepted: boolean, memory: EventMemory): Treatment {
  return memory.is === 'unknown' ? { does: 'report', suspect: !accepted, sync: !accepted } : { does: 'drop' }
}
