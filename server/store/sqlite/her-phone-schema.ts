import type { SchemaSection } from './schema-section.ts'

/** A worker's own devices, for reminders. Apart from `endpoint`: what is told to responders can't be sent here. */
export const herPhoneSection: SchemaSection = {
  sql: `
CREATE TABLE her_phone (
  id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, url_hash BLOB NOT NULL, sealed BLOB NOT NULL,
  text TEXT NOT NULL CHECK (text IN ('full', 'discreet')), language TEXT NOT NULL CHECK (language IN ('fr', 'nl', 'en')),
  proves_shown INTEGER NOT NULL CHECK (proves_shown IN (0, 1)), added_at INTEGER NOT NULL, UNIQUE (worker, url_hash)
) STRICT, WITHOUT ROWID;
INSERT INTO people_change (slice, n) VALUES ('her-phone', 1);
`,
  sliceOfTable: { her_phone: 'her-phone' }
}
