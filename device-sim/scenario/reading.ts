/** One reading of one file: what is wrong with it, and where each key stands. */
import { isMap, isScalar, isSeq } from 'yaml'
import type { LineCounter, Node, Pair } from 'yaml'
import { InvalidInput } from '../invalid-input.ts'
import { didYouMean } from './nearest.ts'

/** `path`: keys from the top, by dots; empty: the file as a whole. Lines and columns from 1. */
export type ScenarioFault = { readonly code: string, readonly line: number, readonly column: number, readonly path: string, readonly message: string }

const shownMost = 40

/** All that is wrong with a scenario; the message has a line for each: `file:line:column key: what, and what to change`. */
export class ScenarioInvalid extends InvalidInput {
  readonly file: string
  readonly faults: readonly ScenarioFault[]
  constructor (file: string, faults: readonly ScenarioFault[]) {
    const sorted = [...faults].sort((a, b) => a.line - b.line || a.column - b.column)
    const lines = sorted.slice(0, shownMost).map(({ code, line, column, path, message }) => `  ${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message} [${code}]`)
    const more = sorted.length > shownMost ? [`  and ${sorted.length - shownMost} more`] : []
    super('SCENARIO_INVALID', [`${file} has ${sorted.length === 1 ? 'a fault' : `${sorted.length} faults`}`, ...lines, ...more].join('\n'))
    this.file = file
    this.faults = sorted
  }
}

/** What may be taken up with `like`, by kind. */
export type Shelf = 'networks' | 'powers' | 'buttons' | 'gateways' | 'services' | 'pushes' | 'workers' | 'responders'
export type Library = { readonly [S in Shelf]: Map<string, unknown> }
export function emptyLibrary (): Library {
  const shelf = () => new Map<string, unknown>()
  return { networks: shelf(), powers: shelf(), buttons: shelf(), gateways: shelf(), services: shelf(), pushes: shelf(), workers: shelf(), responders: shelf() }
}

export class Reading {
  readonly file: string
  readonly library: Library
  readonly faults: ScenarioFault[] = []
  /** `use` names none that is shipped. */
  readonly libraryMissing: boolean
  /** Every role that some venue has, also where the rest of it is at fault. */
  readonly roles = new Set<string>()
  /** Where a policy names a role. */
  readonly rolesNamed: Place[] = []
  readonly #lines: LineCounter
  readonly #where = new Map<string, number>()
  constructor (file: string, lines: LineCounter, library: Library | null) {
    this.file = file
    this.library = library ?? emptyLibrary()
    this.libraryMissing = library === null
    this.#lines = lines
  }

  note (path: string, offset: number): void { this.#where.set(path, offset) }
  has (path: string): boolean { return this.#where.has(path) }

  faultAt (offset: number, path: string, code: string, message: string): undefined {
    const { line, col } = this.#lines.linePos(offset)
    this.faults.push({ code, line: Math.max(line, 1), column: Math.max(col, 1), path, message })
  }

  /** For what is found after reading: at the key of this path, or of the nearest one above it that the file has. */
  fault (path: string, code: string, message: string): undefined {
    let known = path
    while (known !== '' && !this.#where.has(known)) known = known.slice(0, Math.max(known.lastIndexOf('.'), 0))
    this.faultAt(this.#where.get(known) ?? 0, path, code, message)
  }
}

/** One value of the file. */
export class Place {
  readonly reading: Reading
  readonly path: string
  readonly node: Node | null
  /** Of the key, or of the item. */
  readonly offset: number
  constructor (reading: Reading, path: string, node: Node | null, offset: number) {
    this.reading = reading
    this.path = path
    this.node = node
    this.offset = offset
    reading.note(path, offset)
  }

  /** What a plain value says; undefined for maps and lists. */
  get value (): unknown { return isScalar(this.node) ? this.node.value : this.node === null ? null : undefined }

  /** Of the value itself: "30 s" rather than `latency:`. */
  faulty (code: string, message: string): undefined { this.reading.faultAt(this.node?.range?.[0] ?? this.offset, this.path, code, message) }
  /** Of the key: what is missing under it. */
  faultOfKey (code: string, message: string, key?: string): undefined { this.reading.faultAt(this.offset, key === undefined ? this.path : this.under(key), code, message) }
  under (key: string | number): string { return this.path === '' ? String(key) : `${this.path}.${key}` }

  /** Its pairs by key; undefined, and said, when it is no map. */
  pairs (what: string): ReadonlyMap<string, Place> | undefined {
    if (!isMap(this.node)) return this.faulty('NOT_A_MAP', `needs keys and values: ${what}`)
    const found = new Map<string, Place>()
    for (const pair of this.node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(pair.key) && typeof pair.key.value !== 'object' ? String(pair.key.value) : null
      const offset = pair.key?.range?.[0] ?? this.offset
      if (name === null) this.reading.faultAt(offset, this.path, 'KEY_NOT_A_WORD', 'a key is a word')
      else if (!found.has(name)) found.set(name, new Place(this.reading, this.under(name), pair.value, offset))
    }
    return found
  }

  items (what: string): readonly Place[] | undefined {
    if (!isSeq(this.node)) return this.faulty('NOT_A_LIST', `needs a list: ${what}`)
    return (this.node.items as (Node | null)[]).map((item, i) => new Place(this.reading, this.under(i), item, item?.range?.[0] ?? this.offset))
  }

  unknownKey (known: readonly string[]): undefined {
    const key = this.path.slice(this.path.lastIndexOf('.') + 1)
    this.faultOfKey('KEY_UNKNOWN', `there is no such key here: ${didYouMean(key, known)}`)
  }
}
