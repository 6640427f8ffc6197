import type { SchemaSection } from './schema-section.ts'

/** How often a token pressed in the last day, sealed with her key: for her own eyes, no register of her nights. */
export const shortcutUseSection: SchemaSection = {
  sql: `
CREATE TABLE shortcut_use (shortcut TEXT PRIMARY KEY REFERENCES shortcut (id) ON DELETE CASCADE, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
`,
  sliceOfTable: {}
}
