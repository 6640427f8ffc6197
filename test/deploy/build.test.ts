/**
 * Guards against a suite that tries another service than the one that is shipped: `npm test` compiles by tsconfig.test.json,
 * everything in one go, and `npm run build` by tsconfig.build.json, without the tests.
 */
import t from 'tap'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../runner/root.ts'

type Shown = { readonly compilerOptions: Readonly<Record<string, unknown>>, readonly files: readonly string[] }

function shown (config: string): Shown {
  const said = execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, config), '--showConfig'], { env: {}, encoding: 'utf8' })
  return JSON.parse(said) as Shown
}

const shipped = shown('tsconfig.build.json')
const tried = shown('tsconfig.test.json')
const checked = shown('tsconfig.json')
const isProduct = (file: string): boolean => /^\.\/(firmware-protocol|broker|server|device-sim)\//.test(file)
/** What decides about bytes: not when they are made again, nor whether. */
const bytesOf = ({ compilerOptions: { incremental, tsBuildInfoFile, ...options } }: Shown) => options

t.test('what is tried is what is shipped, compiled in the same way', async (t) => {
  t.strictSame(bytesOf(tried), bytesOf(shipped))
  t.ok(shipped.files.includes('./server/cli/veilleuse.ts'))
  t.strictSame(shipped.files, tried.files.filter(isProduct))
})

t.test('no test is shipped', async (t) => {
  t.strictSame(shipped.files.filter((file) => !isProduct(file)), [])
})

t.test('the suite compiles every file that is checked, by the same rules', async (t) => {
  t.strictSame(tried.files, checked.files)
  const { noEmit, outDir, rootDir, sourceMap, inlineSources, ...rules } = bytesOf(tried)
  t.match(bytesOf(checked), rules)
})
