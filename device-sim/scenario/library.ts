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

export function libraryNames (): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -'.yaml'.length)).sort()
}

/** A library of its own for each reading: a scenario adds to it. */
export function readLibrary (name: string): Library {
  const file = `${name}.yaml`
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(new URL(file, folder), 'utf8'), { lineCounter: lines, prettyErrors: false })
  const reading = new Reading(file, lines, emptyLibrary())
  const pairs = new Place(reading, '', document.contents, 0).pairs('shelves')
  if (pairs !== undefined) readShelves(pairs, reading)
  if (reading.faults.length > 0) throw new ScenarioInvalid(file, reading.faults)
  return reading.library
}

/** What `use` names; an empty library when it names none that is shipped, which is said. */
export function libraryOf (use: Place | undefined): Library {
  if (use === undefined) return emptyLibrary()
  const names = libraryNames()
  if (names.includes(String(use.value))) return readLibrary(String(use.value))
  use.faulty('LIBRARY_UNKNOWN', `there is no library ${JSON.stringify(use.value) ?? 'of that name'}: ${didYouMean(String(use.value), names)}`)
  return emptyLibrary()
}
