/**
 * The habits of this house that a type checker and a linter can't see. Each rule looks at one file at a time;
 * `tidy.test.ts` runs them over the whole tree and shows each of them a bad sample.
 */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../runner/root.ts'

export type Source = { readonly path: string, readonly text: string }
export type Fault = { readonly rule: string, readonly path: string, readonly line: number, readonly found: string }

export type Rule = {
  readonly name: string
  /** Paths, from the root, with forward slashes. */
  readonly files: RegExp
  readonly except?: RegExp
  /** Found in one line, it is a fault. */
  readonly line?: RegExp
  /** The fault of the file as a whole, or null. */
  readonly whole?: (source: Source) => string | null
}

const linesMax = 300
const code = /[.](ts|tsx|js|cjs|mjs)$/
const product = /^(firmware-protocol|broker|server|device-sim|dashboard)\/.*[.]tsx?$/
const tests = /^test\/.*[.]ts$/
/** Where the rules and their bad samples live. */
const tidy = /^test\/tidy\//

const nameless = /(^|\/)(index[.][cm]?[jt]sx?$|(utils?|helpers?|common|misc)([./-]|$))/

export const rules: readonly Rule[] = [
  {
    name: 'short-files',
    files: code,
    whole: ({ text }) => text.trimEnd().split('\n').length > linesMax ? `more than ${linesMax} lines` : null
  },
  { name: 'names-say-what', files: /./, whole: ({ path }) => nameless.test(path) ? 'a name that says nothing' : null },
  { name: 'no-barrels', files: /[.]tsx?$/, except: tidy, line: /^export \* from/ },
  { name: 'named-exports', files: /[.]tsx?$/, except: /^test\/tidy\/|^dashboard\/vite[.]config[.]ts$/, line: /^export default\b/ },
  { name: 'nothing-left-for-later', files: /./, except: tidy, line: /\b(TODO|FIXME)\b/ },
  { name: 'time-is-injected', files: product, except: /^(server\/clock\/system-clock|device-sim\/wall-clock|dashboard\/shell\/clock)[.]ts$/, line: /\bDate\.now\b|\bnew Date\s*\(\s*\)|\bperformance\.now\b|\b(setTimeout|setInterval)\s*\(|['"](node:)?timers(\/promises)?['"]/ },
  { name: 'chance-is-injected', files: code, except: tidy, line: /\bMath\.random\b/ },
  { name: 'environment-has-one-reader', files: product, except: /^server\/(cli\/)?config/, line: /\bprocess\.env\b|\benv\b.*from ['"](node:)?process['"]/ },
  { name: 'no-real-sleep', files: tests, except: tidy, line: /\b(setTimeout|setInterval)\s*\(|\b(sleep|delay)\s*\(\s*[^)\s]|\b(setTimeout|setInterval|scheduler)\b.*['"](node:)?timers(\/promises)?['"]|\bAtomics\.wait\s*\(|['"]sleep\b/ },
  { name: 'every-test-runs', files: tests, except: tidy, line: /^\s*\w+\.(only|skip|todo)\s*\(|\b(only|skip|todo): true\b/ },
  { name: 'nothing-is-mocked', files: tests, except: tidy, line: /\.(mockImport|mockRequire|mockAll)\b|\b(sinon|jest|vi)\.(mock|fn|stub)\b/ },
  { name: 'no-machine-paths', files: /./, except: tidy, line: /(^|[\s"'`(=:])\/(work|home|root|Users|tmp)\// },
  { name: 'no-registry-hosts', files: /./, except: tidy, line: /\bregistry\.(npmjs|yarnpkg)\.\w+|\bnpm\.pkg\.github\.com|"resolved": "https?:|\b(artifactory|verdaccio|jfrog)\b/ },
  // R22: what a person may see on a screen says neither the product's name nor what the rooms are for.
  { name: 'discreet-screens', files: /^(?!docs\/).*[.](html|webmanifest)$|^server\/contract\/texts\/|^dashboard\/.*[.]tsx$/, line: /veilleuse|sex[ -]?work|travail(leu\w+)? du sexe|sekswerk/i }
]

export function faultsOf (source: Source): readonly Fault[] {
  return rules
    .filter((rule) => rule.files.test(source.path) && rule.except?.test(source.path) !== true)
    .flatMap((rule) => [...wholeFault(rule, source), ...lineFaults(rule, source)])
}

function wholeFault ({ name, whole }: Rule, source: Source): readonly Fault[] {
  const found = whole?.(source) ?? null
  return found === null ? [] : [{ rule: name, path: source.path, line: 1, found }]
}

function lineFaults ({ name, line: bad }: Rule, { path, text }: Source): readonly Fault[] {
  if (bad === undefined) return []
  return text.split('\n').flatMap((text, i) => bad.test(text) ? [{ rule: name, path, line: i + 1, found: text.trim() }] : [])
}

const notOurs = /^(\.git|node_modules|dist|data|\.tap|bench\/node_modules|bench\/results)$/
const binary = /[.](parquet|png|ico|woff2?|sqlite|db)$/

/** Every text file of the tree that is ours, as it lies on the disk. */
export async function sources (folder = ''): Promise<readonly Source[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true })
  const found = await Promise.all(entries.map(async (entry): Promise<readonly Source[]> => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (notOurs.test(path) || binary.test(path) || path.endsWith('.log')) return []
    if (entry.isDirectory()) return await sources(path)
    return entry.isFile() ? [{ path, text: await readFile(join(root, path), 'utf8') }] : []
  }))
  return found.flat()
}
