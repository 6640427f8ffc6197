import type { SchemaSection } from './schema-section.ts'

/**
 * Promises to say "I am fine" (R17). At most two a worker: the one her page shows, and one that she was forced to call
 * kept and that falls due all the same. Gone as soon as it is answered or raised: it is no record of anything.
 */
export const checkInSection: SchemaSection = {
  sql: `
CREATE TABLE check_in (
  id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, forced INTEGER NOT NULL CHECK (forced IN (0, 1)),
  made_at INTEGER NOT NULL, due_at INTEGER NOT NULL, shifted_ms INTEGER NOT NULL DEFAULT 0, grace_ms INTEGER NOT NULL CHECK (grace_ms > 0),
  outcome TEXT NOT NULL CHECK (outcome IN ('assist', 'alarm')), heard_at INTEGER NOT NULL,
  room TEXT REFERENCES room (id), place BLOB, CHECK (due_at > made_at), UNIQUE (worker, forced)
) STRICT, WITHOUT ROWID;
INSERT INTO people_change (slice, n) VALUES ('check-in', 1);
`,
  sliceOfTable: { check_in: 'check-in' }
}
