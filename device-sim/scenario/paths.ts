/**
 * One number of a scenario by its path, as factors name it: `venues.house.workers.presses`. Lists are entered by name
 * (venues, policies, responders by role) or by place from 0; `*` stands for all of them. What the file writes with its unit (`beat`) may be named as there, or as here (`beatS`).
 */
import type { Scenario } from './scenario.ts'
import { buttonFields, networkFields, powerFields, pushFields } from './shapes/things.ts'
import { responderFields, venueFields, workerFields } from './shapes/people.ts'
import type { Shape } from './shapes/shape.ts'
import { duration, number } from './units.ts'
import type { Unit } from './units.ts'

type Held = Readonly<Record<string, unknown>> | readonly unknown[]
const isHeld = (value: unknown): value is Held => typeof value === 'object' && value !== null

/** Keys that are numbers of a distribution; `shape`, `sigma` and `p` have no unit. */
const bare = ['shape', 'sigma', 'p', 'share']
const units = new Map<string, Unit>()
for (const fields of [networkFields, powerFields, buttonFields, pushFields, responderFields, workerFields, venueFields]) {
  for (const [key, { unit }] of Object.entries(fields as Record<string, Shape<unknown>>)) if (unit !== undefined) units.set(key, unit)
}
units.set('service', duration).set('horizonS', duration)

function nameOf (item: unknown): string | undefined {
  if (!isHeld(item) || Array.isArray(item)) return undefined
  const { name, role } = item as { name?: unknown, role?: unknown }
  return typeof name === 'string' ? name : typeof role === 'string' ? role : undefined
}

function keysOf (held: Held, part: string): readonly string[] {
  const entries = Array.isArray(held) ? held.map((item: unknown, i) => [String(i), nameOf(item) ?? String(i)] as const) : Object.keys(held).map((key) => [key, key] as const)
  return entries.filter(([key, name]) => part === '*' || name === part || key === part || key === `${part}S`).map(([key]) => key)
}

/** Every key path that the path stands for, in the resolved scenario's own keys; empty: it leads nowhere. */
export function resolvePath (scenario: Scenario, path: string): readonly (readonly string[])[] {
  let found: { readonly keys: readonly string[], readonly value: unknown }[] = [{ keys: [], value: scenario }]
  for (const part of path.split('.')) {
    found = found.flatMap(({ keys, value }) => {
      if (!isHeld(value)) return []
      const direct = keysOf(value, part).map((key) => ({ keys: [...keys, key], value: (value as Record<string, unknown>)[key] }))
      // `pressDelay.median` for `pressDelay.draw.median`.
      return direct.length > 0 || !isParameter(value) ? direct : keysOf(value.draw, part).map((key) => ({ keys: [...keys, 'draw', key], value: (value.draw as Record<string, unknown>)[key] }))
    })
  }
  return found.filter(({ value }) => typeof value === 'number' || isParameter(value)).map(({ keys }) => keys)
}

export function isParameter (value: unknown): value is { readonly draw: Held } {
  return isHeld(value) && 'draw' in value && 'evidence' in value
}

/** In which unit a number there is written. */
export function unitAt (keys: readonly string[]): Unit {
  if (bare.includes(keys.at(-1) ?? '')) return number
  return keys.toReversed().map((key) => units.get(key)).find((unit) => unit !== undefined) ?? number
}
