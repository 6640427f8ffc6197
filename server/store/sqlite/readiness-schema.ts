import type { SchemaSection } from './schema-section.ts'

/**
 * A change of what a press in this room goes through: the room is unready until tested (R13), by whatever door it came.
 * A button that one worker carries is nobody else's: its changes are not the room's.
 */
const CHANGED = (room: string) => `INSERT INTO room_change (room, n) VALUES (${room}, 1) ON CONFLICT (room) DO UPDATE SET n = n + 1;`

const ROOMS = `
CREATE TABLE room_change (room TEXT PRIMARY KEY REFERENCES room (id) ON DELETE CASCADE, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER button_added_changes_room AFTER INSERT ON button WHEN NEW.owner IS NULL BEGIN ${CHANGED('NEW.room')} END;
CREATE TRIGGER button_gone_changes_room AFTER DELETE ON button WHEN OLD.owner IS NULL BEGIN ${CHANGED('OLD.room')} END;
CREATE TRIGGER button_altered_changes_room AFTER UPDATE OF room, owner, root, retired_at ON button
WHEN (NEW.owner IS NULL OR OLD.owner IS NULL)
  AND (NEW.room <> OLD.room OR NEW.owner IS NOT OLD.owner OR NEW.root <> OLD.root OR NEW.retired_at IS NOT OLD.retired_at)
BEGIN ${CHANGED('OLD.room')} ${CHANGED('NEW.room')} END;
CREATE TRIGGER label_changes_room AFTER UPDATE OF label, address ON room
WHEN NEW.label <> OLD.label OR NEW.address IS NOT OLD.address
BEGIN ${CHANGED('NEW.id')} END;

CREATE TABLE shift_room (shift TEXT PRIMARY KEY REFERENCES shift (id) ON DELETE CASCADE, change INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE button_proof (
  shift TEXT NOT NULL REFERENCES shift (id) ON DELETE CASCADE, did TEXT NOT NULL, at INTEGER NOT NULL, change INTEGER NOT NULL,
  PRIMARY KEY (shift, did)
) STRICT, WITHOUT ROWID;

CREATE TABLE deaf (
  shift TEXT NOT NULL REFERENCES shift (id) ON DELETE CASCADE, why TEXT NOT NULL CHECK (why IN ('BUTTON_SILENT', 'SERVICE_DOWN', 'STORE_FAILING')),
  from_at INTEGER NOT NULL, until_at INTEGER CHECK (until_at >= from_at), PRIMARY KEY (shift, why, from_at)
) STRICT, WITHOUT ROWID;
CREATE TABLE sign_of_life (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

/** A device is a session: it goes when the session, or its person, goes. */
const DEVICES = `
CREATE TABLE device_sign (
  session TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE, responder TEXT NOT NULL REFERENCES responder (id) ON DELETE CASCADE,
  at INTEGER NOT NULL, rings INTEGER NOT NULL CHECK (rings IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE same_phone (
  worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  PRIMARY KEY (worker, session)
) STRICT, WITHOUT ROWID;
CREATE TABLE same_phone_push (
  worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, url_hash BLOB NOT NULL, PRIMARY KEY (worker, url_hash)
) STRICT, WITHOUT ROWID;
`

const DRILLS = `
CREATE TABLE drill (
  id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, at INTEGER NOT NULL,
  ended TEXT CHECK (ended IN ('over', 'superseded'))
) STRICT, WITHOUT ROWID;
CREATE INDEX drill_of_worker ON drill (worker, at);
CREATE TABLE drill_person (
  drill TEXT NOT NULL REFERENCES drill (id) ON DELETE CASCADE, responder TEXT NOT NULL REFERENCES responder (id) ON DELETE CASCADE,
  told INTEGER NOT NULL CHECK (told IN (0, 1)), shown_ms INTEGER, seen_ms INTEGER, answered_ms INTEGER, PRIMARY KEY (drill, responder)
) STRICT, WITHOUT ROWID;
CREATE TABLE drill_reminder (worker TEXT PRIMARY KEY REFERENCES worker (id) ON DELETE CASCADE, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

/** What readiness is proven by. Read at the start and kept in memory; of the picture only a room's changes are part. */
export const readinessSection: SchemaSection = { sql: ROOMS + DEVICES + DRILLS, sliceOfTable: { room_change: 'place' } }
