import type { SchemaSection } from './schema-section.ts'

/** What she can read about who changed or saw what concerned her. Sealed with her key; gone with her row. */
export const journalSection: SchemaSection = {
  sql: `
CREATE TABLE journal (
  id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, at INTEGER NOT NULL, sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_of_worker ON journal (worker, at);
`,
  sliceOfTable: {}
}
