/** Guards against a linter that is silently switched off: each rule that this house relies on is shown a bad sample. */
import t from 'tap'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { root } from '../runner/root.ts'

/** Files that exist, so that the type checker knows them; the sample stands in for their text. */
const product = 'server/clock/clock.ts'
const clockDoor = 'server/clock/system-clock.ts'
const story = 'test/clock/fake-clock.ts'

const samples: readonly { rule: string, path: string, bad: string }[] = [
  { rule: '@typescript-eslint/no-floating-promises', path: product, bad: 'export function f (p: Promise<void>): void { p }' },
  { rule: '@typescript-eslint/no-misused-promises', path: product, bad: 'export function f (p: Promise<boolean>): number { return p ? 1 : 2 }' },
  { rule: '@typescript-eslint/switch-exhaustiveness-check', path: product, bad: "export function f (x: 'a' | 'b'): void { switch (x) { case 'a': return; default: throw new Error(x) } }" },
  { rule: '@typescript-eslint/only-throw-error', path: product, bad: "export function f (): never { throw 'no' }" },
  { rule: '@typescript-eslint/no-explicit-any', path: product, bad: 'export const x: any = 1' },
  { rule: 'max-lines', path: product, bad: `export {}\n${'// x\n'.repeat(301)}` },
  { rule: 'max-lines-per-function', path: product, bad: `export function f (): void {\n${'f()\n'.repeat(61)}}` },
  { rule: 'no-restricted-syntax', path: product, bad: 'export default 1' },
  { rule: 'no-restricted-syntax', path: product, bad: 'export const at = Date.now()' },
  { rule: 'no-restricted-syntax', path: product, bad: 'export const at = new Date()' },
  { rule: 'no-restricted-syntax', path: product, bad: 'export const at = performance.now()' },
  { rule: 'no-restricted-syntax', path: product, bad: "export const port = process.env['PORT']" },
  { rule: 'no-restricted-syntax', path: product, bad: 'export const x = Math.random()' },
  { rule: 'no-restricted-globals', path: product, bad: 'setTimeout(() => {}, 5)' },
  { rule: 'no-restricted-globals', path: product, bad: 'setInterval(() => {}, 5)' },
  { rule: 'no-restricted-imports', path: product, bad: "import { setTimeout as wait } from 'node:timers/promises'\nawait wait(5)" },
  { rule: 'no-console', path: product, bad: 'console.log(1)' },
  { rule: 'no-restricted-globals', path: story, bad: 'setTimeout(() => {}, 5)' },
  { rule: 'no-restricted-syntax', path: story, bad: 'export const x = Math.random()' },
  { rule: 'no-restricted-syntax', path: clockDoor, bad: "export const port = process.env['PORT']" }
]

const honest: readonly { path: string, good: string }[] = [
  { path: clockDoor, good: 'export const at = Date.now()\nexport const timer = setTimeout(() => {}, at)' },
  { path: product, good: 'export function f (p: Promise<void>): void { void p }' },
  { path: product, good: 'export const said = (at: number): string => new Date(at).toISOString()' }
]

type Sample = { readonly path: string, readonly text: string }

/** The rules that each sample breaks, in the order of the samples. Those of one path are linted as one sheet, good ones apart from bad. */
async function rulesBroken (kinds: readonly (readonly Sample[])[]): Promise<readonly (readonly (readonly (string | null)[])[])[]> {
  const sheets = kinds.flatMap((kind) => [...new Set(kind.map(({ path }) => path))].map((path) => kind.filter((sample) => sample.path === path)))
  const broken = (await lint(sheets)).flat()
  const inOrder = sheets.flat()
  return kinds.map((kind) => kind.map((sample) => broken[inOrder.indexOf(sample)] ?? [null]))
}

async function lint (sheets: readonly (readonly Sample[])[]): Promise<readonly (readonly (readonly (string | null)[])[])[]> {
  // Without tap's NODE_OPTIONS, so that ESLint is loaded as the command line loads it.
  const child = spawn(process.execPath, ['test/tidy/lint-samples.js'], { cwd: root, env: {}, stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(sheets))
  return JSON.parse(await text(child.stdout)) as (string | null)[][][]
}

/** Of the bad samples and of the good ones: one process, since it reads the whole house first. */
const linted = rulesBroken([samples.map(({ path, bad }) => ({ path, text: bad })), honest.map(({ path, good }) => ({ path, text: good }))])

t.test('every rule catches its bad sample', async (t) => {
  const [broken = []] = await linted
  samples.forEach(({ rule, path, bad }, i) => {
    t.ok(broken[i]?.includes(rule), `${rule} in ${path}: ${bad.slice(0, 70).split('\n')[0] ?? ''}`)
  })
})

t.test('what is honest passes: the clock asks the machine, a promise is left alone aloud, a time is printed', async (t) => {
  const [, broken] = await linted
  t.strictSame(broken, honest.map(() => []))
})
