import type { PeopleWrite } from '../people-store.ts'
import { circleOperations } from './people-circle-operations.ts'
import { doorOperations } from './people-door-operations.ts'
import { placeOperations } from './people-place-operations.ts'
import { shiftOperations } from './people-shift-operations.ts'
import type { SqliteWrites } from './people-write.ts'

const writes: SqliteWrites<PeopleWrite> = { ...placeOperations, ...doorOperations, ...circleOperations, ...shiftOperations }

/** Every write of `people-store.ts`, under the name by which the writer's thread knows it. */
export const peopleOperations = Object.fromEntries(
  Object.entries(writes).map(([name, write]) => [`people.${name}`, write])
) as unknown as { readonly [N in PeopleWrite as `people.${N}`]: SqliteWrites<PeopleWrite>[N] }
