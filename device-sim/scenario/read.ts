/** Reads a scenario file into its resolved form, or says everything that is wrong with it. */
import { LineCounter, parseDocument, visit } from 'yaml'
import { checkDraft } from './check.ts'
import { readDocument, readShelves, scenarioVersion } from './document.ts'
import type { Draft } from './document.ts'
import { libraryOf } from './library.ts'
import { withFactor } from './factor.ts'
import { isParameter, resolvePath, unitAt } from './paths.ts'
import { Place, Reading, ScenarioInvalid, emptyLibrary } from './reading.ts'
import type { Factor, Scenario } from './scenario.ts'
import { quantity } from './shapes/shape.ts'
import type { ButtonWritten } from './shapes/things.ts'
import { tooMuchWork } from './work.ts'
import { scenarioYaml } from './written.ts'

/** `file` is for the messages alone. Throws `ScenarioInvalid`, with all faults at once. */
export function readScenario (yaml: string, file: string): Scenario {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  const bare = new Reading(file, lines, emptyLibrary())
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\ufffd]/.test(yaml)) throw new ScenarioInvalid(file, [{ code: 'NOT_A_TEXT', line: 1, column: 1, path: '', message: 'this is no text (in UTF-8), so no scenario' }])
  if (yaml.trim() === '') throw new ScenarioInvalid(file, [{ code: 'NOT_A_MAP', line: 1, column: 1, path: '', message: 'the file is empty: device-sim init writes a scenario to start from' }])
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) bare.faultAt(pos[0], '', code === 'DUPLICATE_KEY' ? 'KEY_TWICE' : 'YAML', plainly(code, message))
  if (bare.faults.some(({ message }) => message === tooDeep)) throw new ScenarioInvalid(file, bare.faults.filter(({ message }) => message === tooDeep).slice(0, 1))
  // Refused, not resolved: nine lines of them stand for a billion values.
  visit(document, { Alias: (_, { range }) => { bare.faultAt(range?.[0] ?? 0, '', 'ALIAS', 'anchors and aliases are not part of the language: name an entry and take it up with `like`') } })
  stopIfFaulty(bare)
  const first = new Place(bare, '', document.contents, 0).pairs('version, name, title, ...')
  checkVersion(bare, first)
  stopIfFaulty(bare)
  const library = libraryOf(first?.get('use'))
  const reading = new Reading(file, lines, library)
  reading.faults.push(...bare.faults)
  const root = new Place(reading, '', document.contents, 0)
  const pairs = root.pairs('') ?? new Map<string, Place>()
  readShelves(pairs, reading)
  const draft = readDocument(root, pairs)
  checkDraft(draft, reading)
  stopIfFaulty(reading)
  const scenario = resolved(draft, reading)
  for (const { path, code, message } of tooMuchWork(scenario)) reading.fault(path, code, message)
  stopIfFaulty(reading)
  const factors = draft.factors.flatMap((_, i) => factorOf(draft, i, scenario, pairs.get('factors'), reading) ?? [])
  stopIfFaulty(reading)
  return { ...scenario, factors }
}

const tooDeep = 'nested too deeply'
/** What the YAML reader says to programmers, in words for who wrote the file. */
function plainly (code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key is given twice'
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here (---): one scenario a file'
  return message.startsWith('Maximum call stack') ? tooDeep : message
}

function stopIfFaulty ({ file, faults }: Reading): void {
  if (faults.length > 0) throw new ScenarioInvalid(file, faults)
}

/** Alone and first: of a version that is not ours nothing else can be said. */
function checkVersion (reading: Reading, pairs: ReadonlyMap<string, Place> | undefined): void {
  if (pairs === undefined) return
  const at = pairs.get('version')
  if (at === undefined) reading.fault('', 'VERSION_MISSING', `"version: ${scenarioVersion}" is missing: is this a scenario?`)
  else if (at.value !== scenarioVersion) at.faulty('VERSION_UNKNOWN', `scenario version ${JSON.stringify(at.value) ?? 'of this kind'} is unknown: this device-sim reads version ${scenarioVersion}`)
}

/** No draft with a fault comes here, so that what is undefined in its type is not. */
function resolved (draft: Draft, { library }: Reading): Scenario {
  const { venues, policies, criteria, ...plain } = draft as Draft & Pick<Scenario, 'name' | 'title' | 'question' | 'horizonS' | 'seed' | 'replications' | 'service' | 'push' | 'faults'>
  const used = <T>(shelf: 'networks' | 'powers' | 'buttons', key: 'network' | 'power' | 'button'): Readonly<Record<string, T>> =>
    Object.fromEntries([...new Set(venues.map(([, venue]) => venue[key]))].sort().map((name) => [name, library[shelf].get(name) as T]))
  return {
    version: scenarioVersion,
    ...plain,
    networks: used('networks', 'network'),
    powers: used('powers', 'power'),
    buttons: Object.fromEntries(Object.entries(used<ButtonWritten>('buttons', 'button')).map(([name, { beat, ...button }]) => [name, { ...button, beatS: beat }])),
    venues: venues.map(([name, venue]) => ({ name, ...venue })),
    policies: policies.map(([name, policy]) => ({ name, ...policy })),
    criteria: criteria.map(([name, criterion]) => ({ name, ...criterion })),
    factors: []
  }
}

function factorOf ({ factors }: Draft, i: number, scenario: Scenario, list: Place | undefined, reading: Reading): Factor | undefined {
  const { path, scale } = factors[i] ?? { path: '', scale: 'linear' as const }
  const at = list?.items('factors')?.[i]?.pairs('')
  const [keys] = resolvePath(scenario, path)
  if (keys === undefined) return at?.get('path')?.faulty('FACTOR_PATH_UNKNOWN', `"${path}" leads to no number of this scenario`)
  const unit = unitAt(keys)
  const [low, high] = ['low', 'high'].map((key) => { const bound = at?.get(key); return bound && quantity(unit).read(bound) })
  if (low === undefined || high === undefined) return undefined
  if (low >= high) return reading.fault(`factors.${i}.low`, 'CONTRADICTORY', 'low must be below high')
  if (scale === 'log' && low <= 0) return reading.fault(`factors.${i}.low`, 'CONTRADICTORY', 'a log scale begins above 0')
  for (const [key, bound] of [['low', low], ['high', high]] as const) {
    const why = whyNot(scenario, path, keys, bound)
    if (why !== undefined) return reading.fault(`factors.${i}.${key}`, 'CONTRADICTORY', `moved there, the scenario can't be run: ${why}`)
  }
  return { path, low, high, scale }
}

/** Why the scenario with this number can't be run; undefined: it can. */
function whyNot (scenario: Scenario, path: string, [first, ...rest]: readonly string[], value: number): string | undefined {
  if (first === undefined || notOfTheWorld.includes(first)) return `"${first ?? ''}" is no part of the world, and moves nothing in it`
  const moved = withFactor(scenario, path, value)
  const [work] = tooMuchWork(moved)
  if (work !== undefined) return `${work.path}: ${work.message}`
  // A parameter is a constant there, in its unit's range, and so may be a median. Other plain numbers are counts, waits, or ends of a distribution.
  const keys = [first, ...rest]
  if (isParameter(keys.reduce<unknown>((held, key) => (held as Record<string, unknown>)[key], scenario)) || (value > 0 && ['median', 'mean', 'scale'].includes(keys.at(-1) ?? ''))) return undefined
  try {
    readScenario(scenarioYaml(moved), path)
    return undefined
  } catch (cause) {
    if (!(cause instanceof ScenarioInvalid)) throw cause
    const [fault] = cause.faults
    return `${fault?.path ?? ''}: ${fault?.message ?? ''}`
  }
}
const notOfTheWorld = ['version', 'seed', 'replications', 'criteria', 'factors']
