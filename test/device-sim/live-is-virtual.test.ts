/**
 * Incident: a study of a model that had drifted from the product. The same scripted delays, once in virtual time and once
 * lived by the real button, broker and engine: the core's log is the same, line by line, and at the same times.
 */
import t from 'tap'
import type { Moment } from '../../device-sim/virtual/model/replication.ts'
import { story } from '../../device-sim/virtual/model/replicate.ts'
import { LiveTwin } from './twin/live-twin.ts'
import { scripted, type Script } from './twin/scripted-world.ts'

const AGREES_WITHIN_MS = 50

const SCRIPTS: Readonly<Record<string, Script>> = {
  'the first one called comes, arrives, and her PIN ends it': { people: { ana: { duty: true, reactionS: 8 }, luc: { reactionS: 5 } }, steps: [['ana'], ['luc']] },
  'the first one does not answer: the second is told, comes and arrives': { people: { ana: { answers: false, reactionS: 8 }, luc: { reactionS: 12, wayM: 300 } }, steps: [['ana'], ['luc']] },
  'two at once: one hears that the other comes, and stays': { people: { ana: { duty: true, reactionS: 4 }, luc: { reactionS: 20 }, zoe: { reactionS: 3 } }, steps: [['ana', 'luc'], ['zoe']] },
  'nobody answers: all steps, reminders, and it is over by itself': { people: { ana: { answers: false, reactionS: 1 }, luc: { misses: true, reactionS: 1 } }, steps: [['ana'], ['luc']], dangerS: 1_500 },
  'whoever comes takes longer than said: asked whether they arrived': { people: { ana: { reactionS: 10, turnoutS: 100, wayM: 900 }, luc: { reactionS: 15 } }, steps: [['ana'], ['luc']] },
  'she presses again while somebody is on the way': { people: { ana: { reactionS: 6, wayM: 400 }, luc: { reactionS: 9 } }, steps: [['ana'], ['luc']], againS: 70 },
  'a false end under duress: it goes on among those who may know': { people: { ana: { reactionS: 6, wayM: 200 }, luc: { reactionS: 9, wayM: 100 } }, steps: [['ana'], ['luc']], mayKnow: ['luc'], forcedS: 40, dangerS: 900 },
  'a house lane beside hers ends with it': { people: { ana: { reactionS: 6 }, rosa: { duty: true, reactionS: 4 } }, steps: [['ana']], houseLane: 'rosa' },
  'the first one says "I cannot": the second is told at once': { people: { ana: { declines: true, reactionS: 7 }, luc: { reactionS: 12 } }, steps: [['ana'], ['luc']] },
  'everybody says "I cannot": all are asked again, and it is over by her PIN': { people: { ana: { declines: true, reactionS: 7 }, luc: { declines: true, reactionS: 12 } }, steps: [['ana'], ['luc']], dangerS: 900 },
  'whoever arrives says "we need more": those who were never called are': { people: { ana: { needsMore: true, reactionS: 6, wayM: 200 }, luc: { reactionS: 9, wayM: 300 } }, steps: [['ana'], ['luc']], pinS: 600 },
  'she says "I am safe" without her PIN, and it ends nothing': { people: { ana: { answers: false, reactionS: 1 }, luc: { reactionS: 5, wayM: 900 } }, steps: [['ana'], ['luc']], dangerS: 120, pinS: 900, saysSafeS: 20 },
  'her quiet check waits as she chose for it, and leaves the house alone': { people: { ana: { answers: false, reactionS: 6 }, luc: { reactionS: 6 }, rosa: { duty: true, reactionS: 4 } }, steps: [['ana'], ['luc']], houseLane: 'rosa', quiet: true, quietWaitS: 120 },
  'one person in her lane and the house\'s: one reaction, one way, an answer in each': { people: { rosa: { reactionS: 8 }, luc: { reactionS: 12 } }, steps: [['rosa'], ['luc']], houseLane: 'rosa' },
  'one person in two lanes is slower than her step: the second is told, and she says it in both': { people: { rosa: { reactionS: 40, wayM: 400 }, luc: { reactionS: 20, wayM: 100 } }, steps: [['rosa'], ['luc']], houseLane: 'rosa' },
  'one person in two lanes says "I cannot" in both': { people: { rosa: { declines: true, reactionS: 6 }, luc: { reactionS: 12 } }, steps: [['rosa'], ['luc']], houseLane: 'rosa' },
  'one person in two lanes, and she presses again while they are on the way': { people: { rosa: { duty: true, reactionS: 6, wayM: 400 }, luc: { reactionS: 9 } }, steps: [['rosa'], ['luc']], houseLane: 'rosa', againS: 70 },
  'one person in two lanes under duress: over for the house, on for her': { people: { rosa: { reactionS: 6, wayM: 400 }, luc: { reactionS: 9 } }, steps: [['rosa'], ['luc']], mayKnow: ['rosa'], houseLane: 'rosa', forcedS: 40, dangerS: 900 },
  'called by two presses: a false end, and a new press while they are on the way': { people: { ana: { reactionS: 6, wayM: 400 }, luc: { reactionS: 9, wayM: 300 } }, steps: [['ana'], ['luc']], mayKnow: ['ana'], forcedS: 40, againS: 70, dangerS: 900 },
  'a promise that was missed raises a quiet check, in her lane alone': { people: { ana: { answers: false, reactionS: 6 }, luc: { reactionS: 8 }, rosa: { duty: true, reactionS: 4 } }, steps: [['ana'], ['luc']], houseLane: 'rosa', missed: 'assist', quietWaitS: 90 },
  'a promise that was missed raises an alarm, in her lane alone': { people: { ana: { answers: false, reactionS: 6 }, luc: { reactionS: 8 }, rosa: { duty: true, reactionS: 4 } }, steps: [['ana'], ['luc']], houseLane: 'rosa', missed: 'alarm', quietWaitS: 90 }
}
/** What makes a story the one that its title says: without it two silences would be equal too. */
const SAYS: Readonly<Record<string, RegExp>> = {
  'the first one says "I cannot"': /^CANNOT ana/, 'everybody says "I cannot"': /^ALL_ASKED_AGAIN/, 'whoever arrives says "we need more"': /^NEED_MORE ana/, 'she says "I am safe"': /^SAID_SAFE/,
  'her quiet check': /^OPENED .*kind assist/, 'a promise that was missed raises a quiet check': /^OPENED .*kind assist/, 'a promise that was missed raises an alarm': /^OPENED .*kind alarm/, 'a promise that was missed': /^CHECK_IN_MISSED/,
  'a false end under duress': /^DURESS/, 'she presses again': /^PRESSED_AGAIN/, 'one person in two lanes, and she presses again': /^PRESSED_AGAIN/, 'one person in two lanes under duress': /^DURESS/, 'called by two presses': /^DURESS/
}
/** What the core says as notes; everything else in a story is the world's. */
const NOTES = new Set([
  'OPENED', 'PRESSED_AGAIN', 'UPGRADED', 'STEP_TOLD', 'NOBODY_TO_TELL', 'SKIPPED_UNREACHABLE', 'REACHED_AT_LAST', 'SHOWN', 'STEP_WAIT_OVER', 'NOBODY_SHOWN', 'ALL_DECLINED_OR_UNREACHABLE',
  'ALL_ASKED_AGAIN', 'EXHAUSTED', 'UNRESOLVED', 'COMING', 'CANNOT', 'NOT_AFTER_ALL', 'ARRIVED', 'NEED_MORE', 'ARRIVAL_ASKED', 'ARRIVAL_OVERDUE', 'OVER_ASKED', 'SILENT_AFTER_ARRIVAL', 'NOBODY_PAUSES',
  'OVER_SAID', 'CHECK_IN_DUE', 'NO_SECOND_YES', 'SAID_SAFE', 'CHECK_IN_MISSED', 'DURESS', 'CLOSED', 'SETTLED'
])

type Line = { readonly lane: string, readonly says: string, readonly atMs: number }

function says (reason: string, who: string, more: Readonly<Record<string, unknown>>): string {
  return [reason, who, ...['step', 'minutes', 'kind', 'why'].flatMap((key) => more[key] === undefined ? [] : [`${key} ${String(more[key])}`])].join(' ')
}

function virtualLines (moments: readonly Moment[]): readonly Line[] {
  const pressedAt = moments.find(({ what }) => what === 'pressed' || what === 'promise missed')?.at ?? NaN
  return moments.filter(({ what }) => NOTES.has(what)).map(({ at, what, who = '', more = {} }) => ({
    lane: String(more['lane']), says: says(what, who.split(' ').at(-1) ?? '', more), atMs: ((typeof more['since'] === 'number' ? more['since'] : at) - pressedAt) * 1_000
  }))
}

for (const [title, script] of Object.entries(SCRIPTS)) {
  t.test(`live is virtual: ${title}`, { timeout: 60_000 }, async (t) => {
    const scenario = scripted(script)
    const virtual = virtualLines(story(scenario, 0, 0, 0))
    // In the order in which it was written, which no sorting by time may mend.
    const live: readonly Line[] = (await new LiveTwin(scenario, script).live()).map(({ at, reason, who = '', lane, ...more }) => ({ lane, says: says(reason, who, more), atMs: at }))
    for (const lane of new Set([...virtual, ...live].map((line) => line.lane))) {
      const inLane = (lines: readonly Line[]): readonly Line[] => lines.filter((line) => line.lane === lane)
      const [inVirtual, inLive] = [inLane(virtual), inLane(live)]
      t.strictSame(inLive.map((line) => line.says), inVirtual.map((line) => line.says), `lane ${lane}: ${inVirtual.length} lines, the same in the same order`)
      const apart = Math.max(...inVirtual.map(({ atMs }, i) => Math.abs(atMs - (inLive[i]?.atMs ?? NaN))))
      t.ok(apart <= AGREES_WITHIN_MS, `lane ${lane}: times agree within ${AGREES_WITHIN_MS} ms: ${Math.round(apart)}`)
    }
    t.ok(virtual.length > 5, 'something happened')
    for (const [begins, said] of Object.entries(SAYS)) if (title.startsWith(begins)) t.ok(virtual.some((line) => said.test(line.says)), String(said))
    if (title.startsWith('one person in')) t.strictSame(new Set(virtual.filter((line) => /^(COMING|CANNOT) rosa/.test(line.says)).map((line) => line.lane)), new Set(['hers', 'house']), 'they answer in both')
    if (title.startsWith('called by two')) t.equal(virtual.filter((line) => line.says.startsWith('OPENED')).length, 2, 'two alarms')
    if (script.missed !== undefined || script.quiet === true) t.notOk(virtual.some((line) => line.lane === 'house'), 'nothing of the house')
  })
}
