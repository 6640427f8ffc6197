/**
 * What a descriptor must be: what the official profiles of Data Package 2.0 ask (their bytes are in data-package-profiles/), and what
 * we promise beyond them. A profile takes a field without a description, a hash of any kind or none, and a table without a key;
 * whoever opens our package counts on all of these.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { root } from '../runner/root.ts'

const profileNames = ['datapackage', 'dataresource', 'tableschema'] as const
type ProfileName = typeof profileNames[number]
const profileUrl = (name: ProfileName): string => `https://datapackage.org/profiles/2.0/${name}.json`
export const profileFolder = pathToFileURL(join(root, 'test/device-sim/data-package-profiles/'))

// The profiles carry words for forms (propertyOrder, options) beside their rules, and one format that is a size of a box.
const ajv = new Ajv({ strict: false, allErrors: true })
formats.default(ajv)
ajv.addFormat('textarea', true)

const profiles = Object.fromEntries(profileNames.map((name) => [name, ajv.compile(JSON.parse(readFileSync(new URL(`${name}.json`, profileFolder), 'utf8')) as object)])) as unknown as Readonly<Record<ProfileName, ValidateFunction>>

const columnNames = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } }
const promisedSchema = {
  type: 'object',
  required: ['$schema', 'fields', 'primaryKey', 'missingValues'],
  properties: {
    $schema: { const: profileUrl('tableschema') },
    fields: { items: { required: ['name', 'type', 'description'], properties: { type: { enum: ['string', 'number', 'integer', 'boolean'] }, description: { minLength: 1 } } } },
    missingValues: { const: [''] },
    primaryKey: columnNames,
    foreignKeys: { items: { properties: { fields: columnNames, reference: { required: ['resource', 'fields'], properties: { fields: columnNames } } } } }
  }
}
const promised = ajv.compile({
  type: 'object',
  required: ['$schema', 'name', 'title', 'version'],
  properties: {
    $schema: { const: profileUrl('datapackage') },
    name: { pattern: '^[a-z0-9._-]+$' },
    resources: {
      items: {
        required: ['name', 'path', 'format', 'mediatype', 'bytes', 'hash'],
        properties: {
          name: { pattern: '^[a-z0-9._-]+$' },
          path: { type: 'string', pattern: '^(?![/~.])(?!.*([.][.]/|://|\\\\)).+$' },
          bytes: { minimum: 0 },
          hash: { pattern: '^sha256:[0-9a-f]{64}$' },
          schema: promisedSchema
        },
        if: { required: ['type'] },
        then: { required: ['schema'] }
      }
    }
  }
})

function faultsOf (what: string, check: ValidateFunction, value: unknown): string[] {
  return check(value) ? [] : (check.errors ?? []).map(({ instancePath, message = '' }) => `${what}${instancePath} ${message}`)
}

type Parts = { readonly resources?: readonly { readonly schema?: unknown }[] }

/** What the official profiles refuse: in the package, in each resource by itself, in each table schema by itself. */
export function profileFaults (descriptor: unknown): string[] {
  const { resources = [] } = descriptor as Parts
  return [
    ...faultsOf('datapackage', profiles.datapackage, descriptor),
    ...resources.flatMap((resource, n) => faultsOf(`resource ${n}`, profiles.dataresource, resource)),
    ...resources.flatMap(({ schema }, n) => schema === undefined ? [] : faultsOf(`schema ${n}`, profiles.tableschema, schema))
  ]
}

export function promiseFaults (descriptor: unknown): string[] { return faultsOf('promise', promised, descriptor) }
