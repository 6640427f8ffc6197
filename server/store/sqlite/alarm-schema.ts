import type { Migration } from './migration.ts'

/**
 * `alarm.state` is the truth; `happening` is the record. `heard_press` outlives every alarm, so it is keyed, has no
 * rowid and no time: it can say "this one was heard" and nothing else. `live` = not settled; `open` = open as she
 * perceives it. The probe row is rewritten to learn whether the disk still takes writes.
 */
const sql = `
CREATE TABLE alarm (
  id TEXT NOT NULL PRIMARY KEY,
  lane TEXT NOT NULL,
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  seq INTEGER NOT NULL CHECK (seq > 0),
  due_at INTEGER,
  state TEXT NOT NULL CHECK (json_valid(state))
) STRICT;
CREATE UNIQUE INDEX alarm_one_open_a_lane ON alarm (lane) WHERE open = 1;
CREATE INDEX alarm_live ON alarm (live) WHERE live = 1;

CREATE TABLE happening (
  alarm TEXT NOT NULL REFERENCES alarm (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL CHECK (seq > 0),
  at INTEGER NOT NULL,
  event TEXT NOT NULL CHECK (json_valid(event)),
  notes TEXT NOT NULL CHECK (json_valid(notes)),
  PRIMARY KEY (alarm, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE card (
  alarm TEXT NOT NULL PRIMARY KEY REFERENCES alarm (id) ON DELETE CASCADE,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE press_of (
  hash TEXT NOT NULL,
  alarm TEXT NOT NULL REFERENCES alarm (id) ON DELETE CASCADE,
  PRIMARY KEY (hash, alarm)
) STRICT, WITHOUT ROWID;
CREATE INDEX press_of_alarm ON press_of (alarm);

CREATE TABLE heard_press (
  hash TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE button_memory (
  did TEXT NOT NULL PRIMARY KEY,
  memory TEXT NOT NULL CHECK (json_valid(memory))
) STRICT, WITHOUT ROWID;

-- The newest of each kind, for the technician: bounded however often a button complains.
CREATE TABLE button_fault (
  did TEXT NOT NULL,
  fault TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (did, fault)
) STRICT, WITHOUT ROWID;

CREATE TABLE button_beat (
  did TEXT NOT NULL PRIMARY KEY,
  beat TEXT NOT NULL CHECK (json_valid(beat))
) STRICT, WITHOUT ROWID;

CREATE TABLE probe (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  n INTEGER NOT NULL
) STRICT;
INSERT INTO probe (id, n) VALUES (1, 0);
`

export const alarmMigrations: readonly Migration[] = [{ id: 1, name: 'alarms and buttons', sql }]
