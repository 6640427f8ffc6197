/**
 * `datapackage.json`, Data Package v2: every file with its length and hash, every table with its schema. The CSV is the
 * table; the Parquet beside it holds the same rows for those who have many.
 * @see https://datapackage.org/standard/data-package/
 */
import type { Scenario } from '../scenario/scenario.ts'
import type { Provenance } from '../study/part.ts'
import type { Column, Table } from './table.ts'
import type { WrittenTable } from './table-file.ts'
import type { Written } from './whole-file.ts'

/** Of the layout of the package; a reader refuses another. */
export const PACKAGE_VERSION = 1

export type Resource = {
  readonly name: string, readonly path: string, readonly title?: string, readonly description?: string, readonly type?: 'table'
  readonly format: string, readonly mediatype: string, readonly encoding?: string, readonly bytes: number, readonly hash: string
  readonly rowCount?: number, readonly schema?: object
}
export type Descriptor = { readonly name: string, readonly title: string, readonly version: string, readonly layout: number, readonly scenarioSha256: string, readonly resources: readonly Resource[] }

function field ({ name, type, unit, description, optional, oneOf }: Column): object {
  const constraints = { ...(optional === true ? {} : { required: true }), ...(oneOf === undefined ? {} : { enum: oneOf }) }
  return { name, type, description, ...(unit === undefined ? {} : { unit }), ...(Object.keys(constraints).length === 0 ? {} : { constraints }) }
}

function schemaOf ({ columns, primaryKey, foreignKeys = [] }: Table): object {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
    fields: columns.map(field),
    missingValues: [''],
    primaryKey,
    ...(foreignKeys.length === 0 ? {} : { foreignKeys: foreignKeys.map(({ fields, resource, to }) => ({ fields, reference: { resource, fields: to } })) })
  }
}

const fileOf = ({ path, bytes, sha256 }: Written): Pick<Resource, 'path' | 'bytes' | 'hash'> => ({ path, bytes, hash: `sha256:${sha256}` })

export function tableResources ({ table, rows, csv, parquet }: WrittenTable): Resource[] {
  const { name, title, description } = table
  return [
    { name, title, description, type: 'table', ...fileOf(csv), format: 'csv', mediatype: 'text/csv', encoding: 'utf-8', rowCount: rows, schema: schemaOf(table) },
    { name: `${name}-parquet`, title: `${title} (Parquet)`, description: `The rows of ${name} as Parquet.`, ...fileOf(parquet), format: 'parquet', mediatype: 'application/vnd.apache.parquet', rowCount: rows }
  ]
}

const mediatypes: Readonly<Record<string, string>> = { json: 'application/json', yaml: 'application/yaml', md: 'text/markdown' }

export function documentResource (written: Written): Resource {
  const format = written.path.split('.').at(-1) ?? ''
  return { name: written.path.replaceAll('.', '-').toLowerCase(), ...fileOf(written), format, mediatype: mediatypes[format] ?? 'text/plain', encoding: 'utf-8' }
}

export function descriptorOf (scenario: Scenario, provenance: Provenance, tables: readonly WrittenTable[], documents: readonly Written[]): Descriptor & { readonly $schema: string } {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: scenario.name,
    title: scenario.title,
    ...(scenario.question === '' ? {} : { description: scenario.question }),
    version: provenance.version,
    layout: PACKAGE_VERSION,
    scenarioSha256: provenance.scenarioSha256,
    keywords: ['simulation', 'discrete-event', 'alarm button', 'escalation'],
    resources: [...tables.flatMap(tableResources), ...documents.map(documentResource)]
  } as Descriptor & { $schema: string }
}
