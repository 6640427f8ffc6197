/** There is one implementation of escalation, and it is the service's. A second one would be studied instead of what people carry. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { root } from '../../runner/root.ts'

const simulator = pathToFileURL(join(root, 'device-sim/'))
const virtual = new URL('virtual/', simulator)
const alarm = pathToFileURL(join(root, 'server/alarm/'))
const declared = /^export (?:const|function) (\w+)/gm
/** Names that are words of every program. */
const anybodys = new Set(['later', 'apply', 'open', 'end', 'pauses', 'resume', 'light', 'telling'])

function namesIn (text: string): readonly string[] { return [...text.matchAll(declared)].map(([, name]) => name ?? '') }

async function sourcesIn (folder: URL): Promise<{ readonly name: string, readonly text: string }[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'))
  return await Promise.all(names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })))
}

/** What of the core's decisions this text would make itself. */
function rewritten (text: string, core: readonly string[]): readonly string[] {
  const own = core.filter((name) => new RegExp(`\\b(?:const|let|function|class)\\s+${name}\\b`).test(text))
  const waits = /\b(?:30|20|60)\s*\*\s*(?:secondMs|SECOND_MS)|\b(?:30_000|20_000|60_000|43_200_000|900_000)\b/.test(text) ? ['a wait of the core, as a number'] : []
  const phases = /\b(?:is|phase):\s*'(?:calling|helped|exhausted|unresolved)'/.test(text) ? ['a phase of the core, made here'] : []
  return [...own, ...waits, ...phases]
}

t.test('the simulator declares no name of the core\'s decisions, holds none of its waits and makes none of its phases', async (t) => {
  const core = (await sourcesIn(alarm)).flatMap(({ text }) => namesIn(text)).filter((name) => !anybodys.has(name))
  t.ok(core.includes('stepWaitMs') && core.includes('transition') && core.includes('advance'))
  for (const { name, text } of await sourcesIn(virtual)) t.same(rewritten(text, core), [], name)
  t.same(rewritten('const stepWaitMs = 5', core), ['stepWaitMs'], 'a bad sample is caught')
  t.same(rewritten('after(30_000)', core), ['a wait of the core, as a number'])
  t.same(rewritten("{ phase: { is: 'calling', step: 1 } }", core), ['a phase of the core, made here'])
})

/** Who may read how long a step waits: what hands it to the core, what checks, words or exports it, what puts it into a service's circle, and the formula that holds the simulator to a known answer. */
const readers = /^(virtual\/model\/circle|verify\/[\w-]+|scenario\/.+|live\/venue|report\/sections\/head|data-package\/stress-des)[.]ts$/
const readsSteps = (text: string): boolean => /\b(?:assistWaitS|waitS)\b/.test(text)

t.test('nobody else in device-sim reads the waits of a plan: whatever escalates by itself must, under any name', async (t) => {
  for (const { name, text } of await sourcesIn(simulator)) if (readsSteps(text)) t.match(name, readers)
  t.ok(readsSteps('function next (plan, at) { return plan.steps.findIndex(({ waitS }) => at < (at += waitS)) }'), 'a bad sample is caught')
})

t.test('alarms are opened and turned by the imported core alone', async (t) => {
  const sources = await sourcesIn(virtual)
  const turning = sources.filter(({ text }) => text.includes('server/alarm/transition.ts')).map(({ name }) => name).sort()
  t.same(turning, ['model/alarms.ts', 'model/invariants.ts', 'model/recording.ts'])
  t.match(sources.find(({ name }) => name === 'model/alarms.ts')?.text, /import \{ dueAt, open, transition \} from '..\/..\/..\/server\/alarm\/transition.ts'/)
})
