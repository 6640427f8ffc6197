import { COUNT_MAX } from '../wire.ts'
import type { Verdict } from '../window.ts'
import type { Case, Draft } from './shape.ts'

type Step = { readonly boot: number, readonly seq: number, readonly verdict: Verdict, readonly presence: boolean } | { readonly restart: true }

const ok = (boot: number, seq: number, verdict: 'newer' | 'unseen' = 'newer'): Step => ({ boot, seq, verdict, presence: true })
const no = (boot: number, seq: number, verdict: Verdict): Step => ({ boot, seq, verdict, presence: false })
const RESTART: Step = { restart: true }

function table (comment: string, flags: readonly string[], ...steps: readonly Step[]): Case {
  return { comment, flags, steps, result: 'valid' }
}

function boots (): readonly Case[] {
  return [
    table('the first frame ever', ['Boot'], ok(1, 1)),
    table('a button that had a life before', ['Boot'], ok(812, 40)),
    table('a cold boot: seq begins again', ['Boot'], ok(7, 500), ok(8, 1)),
    table('a boot is skipped', ['Boot'], ok(7, 500), ok(9, 3)),
    table('after a new boot the old one is stale, unseen or not', ['Boot'], ok(7, 500), ok(8, 1), no(7, 501, 'stale'), no(7, 499, 'stale')),
    table('a new boot empties the window', ['Boot'], ok(7, 500), ok(8, 70), ok(8, 69, 'unseen'), ok(8, 7, 'unseen'), no(8, 6, 'stale')),
    table('the furthest leap of boot from nothing', ['Leap'], ok(65_536, 1)),
    table('too far from nothing', ['Leap'], no(65_537, 1, 'boot-too-far'), ok(1, 1)),
    table('the furthest leap of boot', ['Leap'], ok(7, 1), ok(65_543, 1)),
    table('one further is stale and moves nothing', ['Leap'], ok(7, 1), no(65_544, 1, 'boot-too-far'), ok(7, 2)),
    table('the greatest boot from far below', ['Leap', 'Wrap'], ok(7, 1), no(COUNT_MAX, 1, 'boot-too-far'))
  ]
}

function windows (): readonly Case[] {
  return [
    table('one after the other', ['Window'], ok(1, 1), ok(1, 2), ok(1, 3)),
    table('a gap', ['Window'], ok(1, 1), ok(1, 40)),
    table('the same counter again', ['Duplicate'], ok(1, 5), no(1, 5, 'duplicate')),
    table('the same counter again, others between', ['Duplicate'], ok(1, 5), ok(1, 6), ok(1, 7), no(1, 5, 'duplicate')),
    table('late, and then late again', ['Window', 'Duplicate'], ok(1, 5), ok(1, 7), ok(1, 6, 'unseen'), no(1, 6, 'duplicate')),
    table('63 below the newest is inside', ['Edge'], ok(1, 100), ok(1, 37, 'unseen')),
    table('64 below the newest is outside', ['Edge'], ok(1, 100), no(1, 36, 'stale')),
    table('the last place of the window remembers', ['Edge', 'Duplicate'], ok(1, 37), ok(1, 100), no(1, 37, 'duplicate')),
    table('one step on it falls out', ['Edge'], ok(1, 37), ok(1, 101), no(1, 37, 'stale')),
    table('a leap of 63 keeps the newest in sight', ['Edge'], ok(1, 1), ok(1, 64), no(1, 1, 'duplicate'), ok(1, 2, 'unseen')),
    table('a leap of 64 leaves everything behind', ['Edge'], ok(1, 1), ok(1, 65), no(1, 1, 'stale'), ok(1, 2, 'unseen')),
    table('a leap over the whole counter', ['Edge', 'Wrap'], ok(1, 1), ok(1, COUNT_MAX), no(1, 1, 'stale')),
    table('the counter never wraps', ['Wrap'], ok(1, COUNT_MAX), no(1, 1, 'stale'), no(1, COUNT_MAX, 'duplicate'), ok(2, 1)),
    table('boot and seq both at their end', ['Wrap'], ok(60_000, 1), no(COUNT_MAX, COUNT_MAX, 'boot-too-far')),
    table('backwards through the whole window', ['Window'], ok(1, 64), ...[...Array(63).keys()].map((i) => ok(1, 63 - i, 'unseen')))
  ]
}

function restarts (): readonly Case[] {
  return [
    table('above the saved window a frame proves life', ['Restart'], ok(7, 100), RESTART, ok(7, 101)),
    table('unseen below its end: accepted, no sign of life', ['Restart'], ok(7, 100), RESTART, { boot: 7, seq: 99, verdict: 'unseen', presence: false }),
    table('what it remembers stays remembered', ['Restart', 'Duplicate'], ok(7, 100), RESTART, no(7, 100, 'duplicate')),
    table('a late frame from after the restart proves life', ['Restart'], ok(7, 100), RESTART, ok(7, 103), ok(7, 102, 'unseen'), { boot: 7, seq: 98, verdict: 'unseen', presence: false }),
    table('a new boot forgets the restart', ['Restart', 'Boot'], ok(7, 100), RESTART, ok(8, 50), ok(8, 49, 'unseen')),
    table('twice restarted', ['Restart'], ok(7, 100), RESTART, ok(7, 110), RESTART, { boot: 7, seq: 105, verdict: 'unseen', presence: false }, ok(7, 111)),
    table('restarted before anything was heard', ['Restart'], RESTART, ok(1, 1))
  ]
}

/** The counter table. */
export function makeCounters (): Draft {
  return {
    header: [
      'Each case begins with a button that was never heard. A step is a frame\'s counter with the verdict that must come, or a restart of the service with its window saved just before.',
      '`newer` and `unseen` are accepted; the others change nothing. `presence`: the counter allows the frame as a sign of life.'
    ],
    notes: {
      Boot: { bugType: 'REPLAY', description: 'A cold boot raises boot and begins seq again; older boots are stale for ever.' },
      Leap: { bugType: 'DENIAL_OF_SERVICE', description: 'One frame with a far boot must not shut the button out.' },
      Window: { bugType: 'FUNCTIONALITY', description: 'Frames may overtake each other: a press that comes late is not a replay.' },
      Edge: { bugType: 'OFF_BY_ONE', description: 'The two ends of the 64-wide window.' },
      Duplicate: { bugType: 'REPLAY', description: 'A counter is accepted once.' },
      Wrap: { bugType: 'OVERFLOW', description: 'Counters never wrap; arithmetic modulo 2^32 would make an old recording new.' },
      Restart: { bugType: 'REPLAY', description: 'Frames between the last save and the end are unknown after a restart; a recording of them must not make a dead button look alive.' }
    },
    groups: [{ type: 'CounterTest', tests: [...boots(), ...windows(), ...restarts()] }]
  }
}
