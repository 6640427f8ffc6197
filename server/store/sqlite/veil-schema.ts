import type { SchemaSection } from './schema-section.ts'

/** One a worker; what it holds is never read by anything that acts. */
export const veilSection: SchemaSection = {
  sql: `
CREATE TABLE veil (
  worker TEXT PRIMARY KEY REFERENCES worker (id) ON DELETE CASCADE, at INTEGER NOT NULL, sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`,
  sliceOfTable: {}
}
