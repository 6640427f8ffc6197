/**
 * The scenario language as JSON Schema (2020-12), for editors and other tools; published as `scenario.schema.json`, which
 * a test holds in step. What no schema can say (names that lead nowhere, shares that don't add up) `validate` says.
 */
import { documentSchema } from './document.ts'
import { definitions } from './shapes/parameter.ts'

export function scenarioSchema (): object {
  const { properties, required, ...rest } = documentSchema() as unknown as { readonly properties: object, readonly required: readonly string[] }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'scenario.schema.json',
    title: 'Scenario of device-sim, version 1',
    ...rest,
    required,
    properties,
    $defs: definitions()
  }
}

/** As it is published: two spaces, a newline at the end. */
export function scenarioSchemaText (): string { return `${JSON.stringify(scenarioSchema(), null, 2)}\n` }
