import type { Slice } from '../people-rows.ts'

/** Triggers that count each change of a table, so that the directory reads again only the part that changed. */
export function countersOf (sliceOfTable: Readonly<Record<string, Slice>>): string {
  return Object.entries(sliceOfTable).flatMap(([table, slice]) => ['INSERT', 'UPDATE', 'DELETE'].map((verb) => `
CREATE TRIGGER ${table}_counts_${verb.toLowerCase()} AFTER ${verb} ON ${table}
BEGIN UPDATE people_change SET n = n + 1 WHERE slice = '${slice}'; END;`)).join('')
}
