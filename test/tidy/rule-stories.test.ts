/**
 * Incident: a rule that everybody knew was held by nothing, and was broken by a change that nobody thought of. Each rule of
 * the house has a story whose title begins with its number ("R7: ...", "R4, R7: ..."), so that whoever changes a rule
 * finds what holds it.
 */
import t from 'tap'
import { sources } from './rules.ts'

const RULES_MOST = 25
/** Rules that the service can't hold by itself, and why. */
const ELSEWHERE: Readonly<Record<number, string>> = {
  25: 'the page with help is the web app\'s, offline, and opened by her alone'
}
const TITLE = /\bt\.test\(\s*['"`]((?:R\d+(?:, )?)+): /g

function storiesIn (text: string): readonly number[] {
  return [...text.matchAll(TITLE)].flatMap(([, rules = '']) => rules.split(', ').map((rule) => Number(rule.slice(1))))
}

t.test('titles are read as they are written', async (t) => {
  t.same(storiesIn("t.test('R7: whose press', story)\n  t.test(`R4, R15: both`, story)"), [7, 4, 15])
  t.same(storiesIn("t.test('whose press (R7)', story)\nt.test('R7 is not named like this', story)"), [])
})

t.test('every rule has a story in its words', async (t) => {
  const tests = (await sources('test')).filter(({ path }) => path.endsWith('.test.ts') && !path.startsWith('test/tidy/'))
  const told = new Map<number, number>()
  for (const rule of tests.flatMap(({ text }) => storiesIn(text))) told.set(rule, (told.get(rule) ?? 0) + 1)
  for (let rule = 1; rule <= RULES_MOST; rule++) {
    const why = ELSEWHERE[rule]
    if (why === undefined) t.ok((told.get(rule) ?? 0) > 0, `R${rule}: ${told.get(rule) ?? 0} stories`)
    else t.notOk(told.has(rule), `R${rule} is held elsewhere: ${why}; once a story tells of it, say so here`)
  }
  t.same([...told.keys()].filter((rule) => rule < 1 || rule > RULES_MOST), [], 'no rule is made up')
})
