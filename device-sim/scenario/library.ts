/**
 * The shipped libraries of parameters, each with its evidence and source: `use: brussels` makes their entries known to
 * `like`, so that a scenario says only what is its own. The resolved scenario holds what was taken, never the name.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import { readShelves } from './document.ts'
import { didYouMean } from './nearest.ts'
import { Place, Reading, ScenarioInvalid, emptyLibrary } from './reading.ts'
import type { Library } from './reading.ts'

const folder = new URL('./library/', import.meta.url)

function libraryNames (): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -'.yaml'.length)).sort()
}

const read = new Map<string, Library>()
/** A copy for each reading: a scenario adds to it. */
function readLibrary (name: string): Library {
  const library = read.get(name) ?? parsed(name)
  read.set(name, library)
  return Object.fromEntries(Object.entries(library).map(([shelf, entries]) => [shelf, new Map(entries)])) as Library
}

function parsed (name: string): Library {
  const file = `${name}.yaml`
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(new URL(file, folder), 'utf8'), { lineCounter: lines, prettyErrors: false })
  const reading = new Reading(file, lines, emptyLibrary())
  const pairs = new Place(reading, '', document.contents, 0).pairs('shelves')
  if (pairs !== undefined) readShelves(pairs, reading)
  if (reading.faults.length > 0) throw new ScenarioInvalid(file, reading.faults)
  return reading.library
}

/** What `use` names; null when it names none that is shipped, which is said. */
export function libraryOf (use: Place | undefined): Library | null {
  if (use === undefined) return emptyLibrary()
  const names = libraryNames()
  if (names.includes(String(use.value))) return readLibrary(String(use.value))
  use.faulty('LIBRARY_UNKNOWN', `there is no library ${JSON.stringify(use.value) ?? 'of that name'}: ${didYouMean(String(use.value), names)}`)
  return null
}
