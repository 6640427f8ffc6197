import type { SchemaSection } from './schema-section.ts'

/**
 * Recovery words, how long her alarms live, the one she keeps, and what waits to be erased. `alarm_life` has a row a
 * lane of hers that lives otherwise than by default; `alarm_forgotten` are alarms that she sees no more and that go when
 * they have settled. `tidied`: when the house last looked for what is old (a clock that jumped must not erase anything).
 * `copied` is empty but in a backup, where it says when that was made.
 */
export const privacySection: SchemaSection = {
  sql: `
CREATE TABLE recovery (
  worker TEXT PRIMARY KEY REFERENCES worker (id) ON DELETE CASCADE, hash BLOB NOT NULL UNIQUE, made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm_life (
  lane TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE,
  days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 365)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarm_life_of_worker ON alarm_life (worker);

CREATE TABLE alarm_forgotten (
  alarm TEXT PRIMARY KEY REFERENCES alarm (id) ON DELETE CASCADE, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX alarm_forgotten_of_worker ON alarm_forgotten (worker);

CREATE TABLE kept_alarm (
  worker TEXT PRIMARY KEY REFERENCES worker (id) ON DELETE CASCADE, alarm TEXT NOT NULL, kept_at INTEGER NOT NULL, sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure (
  worker TEXT PRIMARY KEY REFERENCES worker (id) ON DELETE CASCADE, asked_at INTEGER NOT NULL, due_at INTEGER NOT NULL CHECK (due_at >= asked_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE tidied (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
CREATE TABLE copied (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;

CREATE INDEX alarm_of_lane ON alarm (lane);
`,
  sliceOfTable: { erasure: 'people' }
}
