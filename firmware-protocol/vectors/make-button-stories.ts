import type { EventId, Feedback, SentDown, StateBody } from '../bodies.ts'
import { encodeDown } from '../codec.ts'
import type { Taking } from '../button-light.ts'
import type { HeldKind, SyncAnswer } from '../button-queue.ts'
import { COUNT_MAX, U32_MAX } from '../wire.ts'
import { DID, KEYS, OTHER_DID, OTHER_KEYS, bytesOf, hex } from './craft.ts'
import { FIRST } from './make-service-stories.ts'
import { groupOf, type Case, type Draft } from './shape.ts'

type Why = Extract<Taking, { takes: false }>['why']
type Step =
  | { readonly uptimeMs: number, readonly is: 'frame', readonly hex: string, readonly expect: Taking | { readonly refused: string }, readonly shows: Feedback | null }
  | { readonly uptimeMs: number, readonly is: 'look', readonly shows: Feedback | null }

const NOT_HELD: EventId = { evboot: 7, evn: 99, evid: bytesOf('an event of long ago', 8) }
const TAKES: Taking = { takes: true }
const leaves = (why: Why): Taking => ({ takes: false, why })

/** A state for FIRST, of the button's boot, with a minute to live. */
const state = (dseq: number, heardMs: number, feedback: Feedback, more: Partial<StateBody> = {}): SentDown =>
  ({ is: 'state', boot: 7, dseq, heardMs, event: FIRST, feedback, ttlS: 60, ...more })
const told = (uptimeMs: number, body: SentDown, expect: Taking, shows: Feedback | null): Step =>
  ({ uptimeMs, is: 'frame', hex: hex(encodeDown(body, DID, KEYS.down)), expect, shows })
const look = (uptimeMs: number, shows: Feedback | null): Step => ({ uptimeMs, is: 'look', shows })

/** The button of every story: boot 7, nothing taken yet, FIRST in flash. */
function story (comment: string, flags: readonly string[], ...steps: readonly Step[]): Case {
  return { comment, flags, boot: 7, holds: [FIRST], steps, result: 'valid' }
}

function states (): readonly Case[] {
  const coming = told(5000, state(1001, 4900, 'coming'), TAKES, 'coming')
  return [
    story('received, coming, all clear', ['Usual'], told(1000, state(1001, 900, 'received'), TAKES, 'received'), told(9000, state(1002, 8900, 'coming'), TAKES, 'coming'), told(60_000, state(1003, 59_000, 'all-clear'), TAKES, 'all-clear')),
    story('of another boot', ['Foreign'], told(1000, state(1001, 900, 'coming', { boot: 6 }), leaves('BOOT_FOREIGN'), null)),
    story('of a boot to come', ['Foreign'], told(1000, state(1001, 900, 'all-clear', { boot: 8 }), leaves('BOOT_FOREIGN'), null)),
    story('for an event that it does not hold', ['Foreign'], told(1000, state(1001, 900, 'coming', { event: NOT_HELD }), leaves('EVENT_NOT_HELD'), null)),
    story('all clear for an event that it does not hold', ['Foreign'], told(1000, state(1001, 900, 'all-clear', { event: NOT_HELD }), leaves('EVENT_NOT_HELD'), null)),
    story('for another button', ['Foreign'], {
      uptimeMs: 1000, is: 'frame', hex: hex(encodeDown(state(1001, 900, 'coming'), OTHER_DID, OTHER_KEYS.down)), expect: { refused: 'MAC_WRONG' }, shows: null
    }),
    story('an older state overtaken by a newer', ['Stale'], coming, told(5010, state(1000, 4800, 'received'), leaves('DSEQ_NOT_NEWER'), 'coming')),
    story('the same state twice', ['Stale'], coming, told(5010, state(1001, 4900, 'coming'), leaves('DSEQ_NOT_NEWER'), 'coming')),
    story('a recorded coming after no answer', ['Stale'], coming, told(9000, state(1002, 8900, 'no-answer-yet'), TAKES, 'no-answer-yet'), told(9500, state(1001, 4900, 'coming'), leaves('DSEQ_NOT_NEWER'), 'no-answer-yet')),
    story('coming that was held back until it expired', ['Expired'], told(64_900, state(1001, 4900, 'coming'), leaves('EXPIRED'), null)),
    story('coming in its last millisecond', ['Expired'], told(64_899, state(1001, 4900, 'coming'), TAKES, 'coming')),
    story('coming that nobody renews falls back', ['Expired'], coming, look(64_899, 'coming'), look(64_900, 'received')),
    story('coming, renewed in time', ['Expired'], coming, told(50_000, state(1002, 49_000, 'coming'), TAKES, 'coming'), look(64_900, 'coming'), look(109_000, 'received')),
    story('received that is late is not taken', ['Expired'], told(70_000, state(1001, 4900, 'received'), leaves('EXPIRED'), null)),
    story('received that is held stays', ['Expired'], told(5000, state(1001, 4900, 'received'), TAKES, 'received'), look(900_000, 'received')),
    story('no answer yet that is late is not taken', ['Expired'], told(70_000, state(1001, 4900, 'no-answer-yet'), leaves('EXPIRED'), null)),
    story('no answer yet that is held stays', ['Expired'], told(5000, state(1001, 4900, 'no-answer-yet'), TAKES, 'no-answer-yet'), look(900_000, 'no-answer-yet')),
    story('all clear does not expire', ['Expired'], told(900_000, state(1001, 4900, 'all-clear', { ttlS: 1 }), TAKES, 'all-clear')),
    story('test ok does not expire', ['Expired'], told(900_000, state(1001, 4900, 'test-ok', { ttlS: 1 }), TAKES, 'test-ok')),
    story('what was not taken does not count as newest', ['Stale', 'Expired'], told(70_000, state(1009, 4900, 'coming'), leaves('EXPIRED'), null), told(70_100, state(1002, 70_000, 'received'), TAKES, 'received')),
    story('a config is taken whatever it lights', ['Config'], told(1000, { is: 'config', boot: 7, dseq: 1001, heardMs: 0, beatS: 60, mode: 2 }, TAKES, null)),
    story('a config of another boot', ['Config', 'Foreign'], told(1000, { is: 'config', boot: 6, dseq: 1001, heardMs: 0, beatS: 60, mode: 7 }, leaves('BOOT_FOREIGN'), null)),
    story('config and state share one dseq', ['Config', 'Stale'], told(1000, { is: 'config', boot: 7, dseq: 1002, heardMs: 0, beatS: 60, mode: 0 }, TAKES, null), told(1010, state(1001, 900, 'received'), leaves('DSEQ_NOT_NEWER'), null))
  ]
}

function syncs (): readonly Case[] {
  const sync = (comment: string, boot: number, known: number, expect: SyncAnswer): Case =>
    ({ comment, flags: ['Sync'], boot, hex: hex(encodeDown({ is: 'sync', nonce: bytesOf('sync nonce', 8), known }, DID, KEYS.down)), expect, result: 'valid' })
  return [
    sync('flash lost: begins above what is known', 1, 812, { is: 'restart', boot: 813 }),
    sync('the known boot itself: its counters may be used', 812, 812, { is: 'restart', boot: 813 }),
    sync('one above needs nothing new', 813, 812, { is: 'answer' }),
    sync('the furthest that the service would take', 66_348, 812, { is: 'answer' }),
    sync('too far: comes back', 66_349, 812, { is: 'restart', boot: 813 }),
    sync('nothing is known of it', 3, 0, { is: 'answer' }),
    sync('the last boot there is', 1, COUNT_MAX - 1, { is: 'restart', boot: COUNT_MAX }),
    sync('the counter is used up', 1, COUNT_MAX, { is: 'worn-out' }),
    sync('beyond any counter', COUNT_MAX, U32_MAX, { is: 'worn-out' })
  ]
}

function merging (): readonly Case[] {
  const merge = (comment: string, held: { readonly kind: HeldKind, readonly pressedMs: number, readonly answered: boolean }, kind: string, nowMs: number, merges: boolean): Case =>
    ({ comment, flags: ['Merge'], held, kind, nowMs, merges, result: 'valid' })
  const alarm = { kind: 'alarm', pressedMs: 1000, answered: false } as const
  return [
    merge('twice within 2 s', alarm, 'alarm', 2500, true),
    merge('2 s exactly', alarm, 'alarm', 3000, true),
    merge('later', alarm, 'alarm', 3001, false),
    merge('another kind', alarm, 'silent-alarm', 1100, false),
    merge('a test and an alarm', { ...alarm, kind: 'test' }, 'alarm', 1100, false),
    merge('after a state for it', { ...alarm, answered: true }, 'alarm', 1500, false)
  ]
}

function overflowing (): readonly Case[] {
  const many = (kind: HeldKind, count: number): readonly HeldKind[] => Array.from({ length: count }, () => kind)
  const full = (comment: string, kinds: readonly HeldKind[], drops: number | null): Case => ({ comment, flags: ['Overflow'], kinds, drops, result: 'valid' })
  return [
    full('sixteen fit', many('alarm', 16), null),
    full('the second-oldest press goes', many('alarm', 17), 1),
    full('a fault goes before any press', [...many('alarm', 9), 'fault', ...many('alarm', 7)], 9),
    full('the oldest fault', ['alarm', 'fault', 'test', 'fault', ...many('alarm', 13)], 1),
    full('a test goes before an alarm', [...many('alarm', 3), 'test', ...many('silent-alarm', 13)], 3),
    full('a fault that arrives last goes itself', [...many('assist', 16), 'fault'], 16),
    full('a test that arrives last goes itself', [...many('alarm', 16), 'test'], 16)
  ]
}

function retrying (): readonly Case[] {
  const wait = (sent: number, sinceFirstMs: number, waitMs: number): Case =>
    ({ comment: `after sending ${sent}, ${sinceFirstMs} ms from the first`, flags: ['Retry'], sent, sinceFirstMs, waitMs, result: 'valid' })
  return [
    wait(1, 0, 500), wait(2, 500, 1000), wait(3, 1500, 2000), wait(4, 3500, 4000), wait(5, 7500, 8000), wait(6, 15_500, 15_000),
    wait(40, 599_999, 15_000), wait(41, 600_000, 60_000), wait(3, 700_000, 2000), wait(5000, 90_000_000, 60_000)
  ]
}

/** What a button does with downlinks, and with its own queue. */
export function makeButtonStories (): Draft {
  return {
    header: ['Stories of a button\'s light (boot 7, one event in flash), its answer to a sync, and its queue. `shows`: the state that it holds for that event; whether anything can be seen is another matter (mode).'],
    notes: {
      Usual: { bugType: 'BASIC', description: 'What she should see.' },
      Foreign: { bugType: 'AUTH_BYPASS', description: 'Another boot, event or button: "coming" must mean her press.' },
      Stale: { bugType: 'REPLAY', description: 'An older state must not cover a newer one.' },
      Expired: { bugType: 'TIMING', description: 'An unproven "help is coming" is never shown: it dies unless it is renewed.' },
      Config: { bugType: 'FUNCTIONALITY', description: 'A recorded config must not light up a dark room (R18).' },
      Sync: { bugType: 'OVERFLOW', description: 'Finding back after a loss of flash, without ever wrapping.' },
      Merge: { bugType: 'FUNCTIONALITY', description: 'A trembling hand is one event; a new call for help is another.' },
      Overflow: { bugType: 'DENIAL_OF_SERVICE', description: 'A full flash keeps the first press and the newest ones.' },
      Retry: { bugType: 'FUNCTIONALITY', description: 'Fast while it matters, for ever, and not so fast that the battery dies.' }
    },
    groups: [
      groupOf('ButtonStory', 'down', states()), groupOf('SyncTest', 'down', syncs()), { type: 'MergeTest', tests: merging() },
      { type: 'OverflowTest', tests: overflowing() }, { type: 'RetryTest', tests: retrying() }
    ]
  }
}
