/** Incident: a rule refused what she did, and the page said "(STEP_EMPTY)"; a line of her journal said "old-token-used". */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { REFUSALS } from '../../server/http/refuse.ts'
import { root } from '../runner/root.ts'

type List = { readonly reason: Readonly<Record<string, string>>, readonly journal: { readonly what: Readonly<Record<string, string>> }, readonly fact: Readonly<Record<string, string>> }

const list = JSON.parse(readFileSync(join(root, 'server/contract/texts/list/en.json'), 'utf8')) as List
const source = (path: string): string => readFileSync(join(root, path), 'utf8')
/** The words of a union of strings, as it is written. */
const union = (path: string, type: string): string[] => {
  const [, body = ''] = new RegExp(`export type ${type} =([^]*?)\\n(?:\\n|export|/\\*\\*)`).exec(source(path)) ?? []
  return [...body.matchAll(/'([^']+)'/g)].map(([, word = '']) => word)
}

/** Of other pages: her shift, her check-in and her rehearsals, a responder's hours, a technician's rooms, whoever joins. */
const ELSEWHERE = /SHIFT$|CHECK_IN|GRACE|DRILL|PROMISE|FEEDBACK|PLANNED_END|^ROOM_|^LABEL|^ROLE|HOURS|DUTY|HANDOVER|AVAILABLE|^JOIN_|^HOUSE_FULL|^PIN_WAIT|BUTTON|RETIRED|PLACE|^OPENING/

t.test('each rule that can refuse her something on these screens says what to do', async (t) => {
  const rules = Object.entries(REFUSALS).filter(([code, { detail }]) => detail !== '' && (code === 'NO_SHIFT' || !ELSEWHERE.test(code))).map(([code]) => code)
  t.ok(rules.length > 30, 'the table was read')
  t.same(rules.filter((code) => !(code in list.reason)), [])
})

t.test('each line of her journal, and each fact of what happened, has its words', async (t) => {
  const lines = union('server/people/services.ts', 'JournalWhat')
  t.ok(lines.length > 25, 'the union was read')
  t.same(lines.filter((what) => !(what in list.journal.what)), [])
  // What she is never shown: R15, and what an alarm says of its own housekeeping.
  const never = new Set(['DURESS', 'SETTLED', 'AUTHORITY_REFUSED'])
  const facts = union('server/alarm/alarm.ts', 'Reason')
  t.ok(facts.length > 30, 'the union was read')
  t.same(facts.filter((reason) => !never.has(reason) && !(reason in list.fact)), [])
})
