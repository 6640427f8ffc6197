/** Opens a data package and refuses one that is partial, of another version, or no longer what was written. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { InvalidInput } from '../invalid-input.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Provenance } from '../study/part.ts'
import { DOCUMENT_MOST_BYTES, readTextFile, TABLE_MOST_BYTES } from '../text-file.ts'
import { csvRows } from './csv.ts'
import { PACKAGE_VERSION } from './descriptor.ts'
import type { Descriptor } from './descriptor.ts'
import type { Cell, Table } from './table.ts'
import { derivedTables } from './tables/derived.ts'
import { breaches } from './tables/raw.ts'
import { designTable, indices } from './tables/sensitivity.ts'
import { verification } from './tables/verification.ts'

/** What a report reads: small, whatever the number of presses. */
function summaryTables ({ factors }: Scenario): readonly Table[] { return [...derivedTables, breaches, verification, designTable(factors), indices] }

export type NamedRow = Readonly<Record<string, Cell>>
export type DataPackage = {
  readonly folder: string
  readonly descriptor: Descriptor
  readonly scenario: Scenario
  readonly provenance: Provenance
  /** Rows of a derived table by the names of its columns; none when this package has no such table. */
  readonly rows: (table: Table) => readonly NamedRow[]
}

async function textOf (folder: string, path: string, most = DOCUMENT_MOST_BYTES): Promise<string> {
  const read = await readTextFile(join(folder, path), most)
  if (read.ok) return read.text
  const { code, why } = read
  if (path === 'datapackage.json' && (code === 'ENOENT' || code === 'ENOTDIR')) throw new InvalidInput('PACKAGE_ABSENT', `${folder} is no data package: it has no datapackage.json. If a run was interrupted there, go on with: device-sim run --resume`)
  if (code === 'ENOENT') throw new InvalidInput('PACKAGE_PARTIAL', `${folder}: ${path} is gone`)
  throw new InvalidInput('PACKAGE_BROKEN', `${folder}: ${path} can't be read: ${why}`)
}

function parsed <T> (text: string, folder: string, path: string): T {
  try { return JSON.parse(text) as T } catch { throw new InvalidInput('PACKAGE_BROKEN', `${folder}: ${path} is not JSON`) }
}

async function sha256 (path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function checkFiles (folder: string, { resources }: Descriptor): Promise<void> {
  for (const { path, hash } of resources) {
    if (typeof path !== 'string' || path.split('/').includes('..') || path.startsWith('/')) throw new InvalidInput('PACKAGE_BROKEN', `${folder}: a resource lies outside the package`)
    const found = await sha256(join(folder, path)).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new InvalidInput('PACKAGE_PARTIAL', `${folder}: ${path} is gone`)
      throw error
    })
    if (hash !== `sha256:${found}`) throw new InvalidInput('PACKAGE_CHANGED', `${folder}: ${path} is not what was written (its SHA-256 differs from datapackage.json)`)
  }
}

async function rowsOf (folder: string, { resources }: Descriptor, { name, columns }: Table): Promise<readonly NamedRow[]> {
  const found = resources.find((resource) => resource.name === name)
  if (found === undefined) return []
  const cells = csvRows(await textOf(folder, found.path, TABLE_MOST_BYTES), columns, found.path)
  return cells.map((row) => Object.fromEntries(columns.map((column, n) => [column.name, row[n] ?? null])))
}

/** Throws `InvalidInput`: PACKAGE_ABSENT, PACKAGE_PARTIAL, PACKAGE_BROKEN, PACKAGE_VERSION, PACKAGE_CHANGED. */
export async function readPackage (folder: string): Promise<DataPackage> {
  const descriptor = parsed<Descriptor>(await textOf(folder, 'datapackage.json'), folder, 'datapackage.json')
  if (!Array.isArray(descriptor.resources)) throw new InvalidInput('PACKAGE_BROKEN', `${folder}: datapackage.json lists no resources`)
  if (descriptor.layout !== PACKAGE_VERSION) throw new InvalidInput('PACKAGE_VERSION', `${folder}: layout ${JSON.stringify(descriptor.layout)} of a data package; this version reads layout ${PACKAGE_VERSION}`)
  await checkFiles(folder, descriptor)
  const scenario = parsed<Scenario>(await textOf(folder, 'scenario.json'), folder, 'scenario.json')
  const tables = new Map<string, readonly NamedRow[]>()
  for (const table of summaryTables(scenario)) tables.set(table.name, await rowsOf(folder, descriptor, table))
  return {
    folder,
    descriptor,
    scenario,
    provenance: parsed<Provenance>(await textOf(folder, 'provenance.json'), folder, 'provenance.json'),
    rows: ({ name }) => tables.get(name) ?? []
  }
}
