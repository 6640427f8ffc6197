import type { SchemaSection } from './schema-section.ts'

/** What she can read about who changed or saw what concerned her. Sealed with her key; gone with her row. */
export const journalSection: SchemaSection = {
  sql: `
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, at INTEGER NOT NULL, sealed BLOB NOT NULL
) STRICT;
CREATE INDEX journal_of_worker ON journal (worker, at);
`,
  sliceOfTable: {}
}
