/**
 * Migration 2: people, places and doors. Ids are random; every personal field is a sealed BLOB (see `../seal.ts`).
 * What must never happen is refused here too, not only in the services: an authority in a circle without a live
 * consent, in a standing circle or among a venue's responders; somebody in a circle whom she has not confirmed.
 */
import { countersOf } from './change-counters.ts'
import type { Migration } from './migration.ts'
import { mayStand } from './standing-schema.ts'

/** Which part of the directory's picture a table belongs to; the triggers below count its changes. */
const SLICE_OF_TABLE = {
  data_key: 'key',
  venue: 'place',
  room: 'place',
  button: 'place',
  venue_responder: 'place',
  duty: 'place',
  standing_step: 'place',
  standing_person: 'place',
  standing_agreement: 'place',
  worker: 'people',
  worker_venue: 'people',
  responder: 'people',
  contact: 'people',
  circle_step: 'people',
  circle_person: 'people',
  consent: 'people',
  shift: 'shift',
  endpoint: 'endpoint',
  session: 'door',
  shortcut: 'door'
} as const

const LANGUAGE = "CHECK (language IN ('fr', 'nl', 'en'))"
const KINDS = "('contact', 'colleague', 'reference-person', 'organisation', 'authority')"
const WISHES = "('yes', 'no', 'ask-me')"

const PLACES = `
CREATE TABLE data_key (holder TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE venue (
  id TEXT PRIMARY KEY, name BLOB NOT NULL, regime TEXT NOT NULL CHECK (regime IN ('employed', 'independent')),
  region TEXT NOT NULL CHECK (region IN ('BE-BRU', 'BE-VLG', 'BE-WAL', 'other'))
) STRICT, WITHOUT ROWID;

CREATE TABLE room (
  id TEXT PRIMARY KEY, venue TEXT NOT NULL REFERENCES venue (id), label BLOB NOT NULL, label_hash BLOB NOT NULL, address BLOB,
  UNIQUE (venue, label_hash)
) STRICT, WITHOUT ROWID;
`

const PEOPLE = `
CREATE TABLE worker (
  id TEXT PRIMARY KEY, alias BLOB NOT NULL, language TEXT NOT NULL ${LANGUAGE}, pins BLOB,
  circle_version INTEGER NOT NULL DEFAULT 0, note BLOB, quiet_check BLOB,
  ambulance TEXT NOT NULL DEFAULT 'ask-me' CHECK (ambulance IN ${WISHES}),
  police TEXT NOT NULL DEFAULT 'no' CHECK (police IN ${WISHES})
) STRICT, WITHOUT ROWID;

CREATE TABLE worker_venue (
  worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, venue TEXT NOT NULL REFERENCES venue (id),
  PRIMARY KEY (worker, venue)
) STRICT, WITHOUT ROWID;

CREATE TABLE button (
  did TEXT PRIMARY KEY CHECK (length(did) = 16), room TEXT NOT NULL REFERENCES room (id),
  owner TEXT REFERENCES worker (id) ON DELETE CASCADE, root BLOB NOT NULL, enrolled_at INTEGER NOT NULL, retired_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE responder (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ${KINDS}), name BLOB NOT NULL, language TEXT NOT NULL ${LANGUAGE},
  UNIQUE (id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE venue_responder (
  venue TEXT NOT NULL REFERENCES venue (id), responder TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind <> 'authority'),
  PRIMARY KEY (venue, responder),
  FOREIGN KEY (responder, kind) REFERENCES responder (id, kind) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE duty (
  venue TEXT NOT NULL, responder TEXT NOT NULL, from_at INTEGER NOT NULL, until_at INTEGER CHECK (until_at > from_at),
  PRIMARY KEY (venue, responder, from_at),
  FOREIGN KEY (venue, responder) REFERENCES venue_responder (venue, responder) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, responder TEXT NOT NULL, kind TEXT NOT NULL,
  joined_at INTEGER NOT NULL, confirm_hash BLOB, confirm_tries INTEGER NOT NULL DEFAULT 0, confirmed_at INTEGER,
  may_know INTEGER NOT NULL DEFAULT 0 CHECK (may_know IN (0, 1)),
  sees_alias INTEGER NOT NULL DEFAULT 0 CHECK (sees_alias IN (0, 1)),
  sees_room INTEGER NOT NULL DEFAULT 1 CHECK (sees_room IN (0, 1)),
  sees_address INTEGER NOT NULL DEFAULT 0 CHECK (sees_address IN (0, 1)),
  PRIMARY KEY (worker, responder), UNIQUE (worker, responder, kind),
  CHECK ((confirm_hash IS NULL) = (confirmed_at IS NOT NULL)),
  CHECK (may_know = 0 OR confirmed_at IS NOT NULL),
  FOREIGN KEY (responder, kind) REFERENCES responder (id, kind) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
  id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, room TEXT REFERENCES room (id), place BLOB,
  started_at INTEGER NOT NULL, planned_end_at INTEGER NOT NULL, ended_at INTEGER, proven_at INTEGER,
  feedback INTEGER NOT NULL CHECK (feedback BETWEEN 0 AND 7), house INTEGER NOT NULL CHECK (house IN (0, 1)),
  UNIQUE (id, worker),
  CHECK (room IS NULL OR place IS NULL), CHECK (ended_at IS NULL OR place IS NULL),
  CHECK (ended_at IS NOT NULL OR room IS NOT NULL OR place IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX shift_open ON shift (worker) WHERE ended_at IS NULL;

CREATE TABLE consent (
  id TEXT PRIMARY KEY, worker TEXT NOT NULL, responder TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind = 'authority'),
  shift TEXT NOT NULL, wording TEXT NOT NULL CHECK (length(wording) > 0), given_at INTEGER NOT NULL, revoked_at INTEGER,
  UNIQUE (id, worker, responder),
  FOREIGN KEY (worker, responder, kind) REFERENCES contact (worker, responder, kind) ON DELETE CASCADE,
  FOREIGN KEY (shift, worker) REFERENCES shift (id, worker) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX consent_of_shift ON consent (worker, responder, shift) WHERE revoked_at IS NULL;

CREATE TABLE circle_step (
  worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, step INTEGER NOT NULL CHECK (step >= 0),
  wait_ms INTEGER NOT NULL CHECK (wait_ms BETWEEN 5000 AND 60000),
  assist_wait_ms INTEGER CHECK (assist_wait_ms BETWEEN 5000 AND 600000),
  PRIMARY KEY (worker, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE circle_person (
  worker TEXT NOT NULL, responder TEXT NOT NULL, kind TEXT NOT NULL, step INTEGER NOT NULL, place INTEGER NOT NULL, consent TEXT,
  PRIMARY KEY (worker, responder),
  CHECK ((kind = 'authority') = (consent IS NOT NULL)),
  FOREIGN KEY (worker, responder, kind) REFERENCES contact (worker, responder, kind) ON DELETE CASCADE,
  FOREIGN KEY (worker, step) REFERENCES circle_step (worker, step) ON DELETE CASCADE,
  FOREIGN KEY (consent, worker, responder) REFERENCES consent (id, worker, responder) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE standing_agreement (
  venue TEXT NOT NULL REFERENCES venue (id), responder TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind <> 'authority'), worker TEXT NOT NULL,
  PRIMARY KEY (venue, responder, worker),
  FOREIGN KEY (worker, venue) REFERENCES worker_venue (worker, venue) ON DELETE CASCADE,
  FOREIGN KEY (responder, kind) REFERENCES responder (id, kind) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE standing_step (
  room TEXT NOT NULL REFERENCES room (id), step INTEGER NOT NULL CHECK (step >= 0),
  wait_ms INTEGER NOT NULL CHECK (wait_ms BETWEEN 5000 AND 60000), PRIMARY KEY (room, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE standing_person (
  room TEXT NOT NULL, responder TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind <> 'authority'), step INTEGER NOT NULL,
  PRIMARY KEY (room, responder),
  FOREIGN KEY (room, step) REFERENCES standing_step (room, step) ON DELETE CASCADE,
  FOREIGN KEY (responder, kind) REFERENCES responder (id, kind) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE endpoint (
  id TEXT PRIMARY KEY, responder TEXT NOT NULL REFERENCES responder (id) ON DELETE CASCADE, url_hash BLOB NOT NULL,
  sealed BLOB NOT NULL, text TEXT NOT NULL CHECK (text IN ('full', 'discreet')), language TEXT NOT NULL ${LANGUAGE},
  proves_shown INTEGER NOT NULL CHECK (proves_shown IN (0, 1)), added_at INTEGER NOT NULL, UNIQUE (responder, url_hash)
) STRICT, WITHOUT ROWID;
`

const DOORS = `
CREATE TABLE technician (id TEXT PRIMARY KEY, venue TEXT NOT NULL REFERENCES venue (id)) STRICT, WITHOUT ROWID;
CREATE TABLE researcher (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE invite (
  hash BLOB PRIMARY KEY, role TEXT NOT NULL CHECK (role IN ('worker', 'technician', 'researcher', 'reference-person', 'organisation')),
  venue TEXT REFERENCES venue (id), expires_at INTEGER NOT NULL, CHECK (venue IS NOT NULL OR role = 'researcher')
) STRICT, WITHOUT ROWID;

CREATE TABLE pairing (
  hash BLOB PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, previous BLOB, previous_until INTEGER,
  worker TEXT REFERENCES worker (id) ON DELETE CASCADE, responder TEXT REFERENCES responder (id) ON DELETE CASCADE,
  technician TEXT REFERENCES technician (id) ON DELETE CASCADE, researcher TEXT REFERENCES researcher (id) ON DELETE CASCADE,
  device BLOB NOT NULL, opened_at INTEGER NOT NULL, used_at INTEGER NOT NULL,
  CHECK ((worker IS NOT NULL) + (responder IS NOT NULL) + (technician IS NOT NULL) + (researcher IS NOT NULL) = 1)
) STRICT, WITHOUT ROWID;

CREATE TABLE shortcut (
  id TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people_change (slice TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO people_change (slice, n) VALUES ('key', 1), ('place', 1), ('people', 1), ('shift', 1), ('endpoint', 1), ('door', 1);
`

const LIVE_CONSENT = `EXISTS (
    SELECT 1 FROM consent c JOIN shift s ON s.id = c.shift
    WHERE c.id = NEW.consent AND c.worker = NEW.worker AND c.responder = NEW.responder AND c.revoked_at IS NULL AND s.ended_at IS NULL)`

/**
 * Both writes are guarded, and before they happen: `OR REPLACE` deletes without asking DELETE triggers (unless
 * `recursive_triggers` is on, which only our own connections promise), so that no detour is left.
 */
const guard = (name: string, table: string, condition: string, code: string) => ['INSERT', 'UPDATE'].map((verb) => `
CREATE TRIGGER ${name}_${verb.toLowerCase()} BEFORE ${verb} ON ${table} WHEN ${condition}
BEGIN SELECT RAISE(ABORT, '${code}'); END;`).join('')

const GUARDS = `
${guard('circle_authority', 'circle_person', `NEW.kind = 'authority' AND NOT ${LIVE_CONSENT}`, 'AUTHORITY_WITHOUT_CONSENT')}
${guard('circle_confirmed', 'circle_person', `NOT EXISTS (
    SELECT 1 FROM contact WHERE worker = NEW.worker AND responder = NEW.responder AND confirmed_at IS NOT NULL)`, 'NOT_CONFIRMED')}
${guard('standing_agreed', 'standing_person', `NOT ${mayStand('(SELECT venue FROM room WHERE id = NEW.room)', 'NEW.responder')}`, 'NOT_AGREED')}
CREATE TRIGGER consent_revoked AFTER UPDATE OF revoked_at ON consent WHEN NEW.revoked_at IS NOT NULL
BEGIN DELETE FROM circle_person WHERE consent = NEW.id; END;
CREATE TRIGGER consent_fixed BEFORE UPDATE ON consent
WHEN OLD.revoked_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.worker <> OLD.worker OR NEW.responder <> OLD.responder OR NEW.shift <> OLD.shift
  OR NEW.wording <> OLD.wording OR NEW.given_at <> OLD.given_at
BEGIN SELECT RAISE(ABORT, 'CONSENT_IS_FIXED'); END;
CREATE TRIGGER consent_once BEFORE INSERT ON consent WHEN EXISTS (SELECT 1 FROM consent WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'CONSENT_IS_FIXED'); END;
CREATE TRIGGER consent_of_now BEFORE INSERT ON consent
WHEN NOT EXISTS (SELECT 1 FROM shift WHERE id = NEW.shift AND worker = NEW.worker AND ended_at IS NULL)
  OR NOT EXISTS (SELECT 1 FROM contact WHERE worker = NEW.worker AND responder = NEW.responder AND confirmed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'CONSENT_OF_NO_SHIFT'); END;
CREATE TRIGGER contact_unconfirmed AFTER UPDATE OF confirmed_at ON contact WHEN NEW.confirmed_at IS NULL
BEGIN DELETE FROM circle_person WHERE worker = NEW.worker AND responder = NEW.responder; END;
CREATE TRIGGER shift_fixed BEFORE UPDATE ON shift
WHEN OLD.ended_at IS NOT NULL OR NEW.worker <> OLD.worker OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'SHIFT_IS_FIXED'); END;
CREATE TRIGGER shift_ended AFTER UPDATE OF ended_at ON shift WHEN NEW.ended_at IS NOT NULL
BEGIN DELETE FROM circle_person WHERE consent IN (SELECT id FROM consent WHERE shift = NEW.id); END;
${['standing_agreement', 'venue_responder'].map((table) => `
CREATE TRIGGER ${table}_gone AFTER DELETE ON ${table}
BEGIN DELETE FROM standing_person WHERE responder = OLD.responder AND room IN (SELECT id FROM room WHERE venue = OLD.venue)
  AND NOT ${mayStand('OLD.venue', 'OLD.responder')}; END;`).join('')}
${['worker', 'responder', 'technician', 'researcher'].map((holder) => `
CREATE TRIGGER ${holder}_key_gone AFTER DELETE ON ${holder} BEGIN DELETE FROM data_key WHERE holder = OLD.id; END;`).join('')}
`

export const peopleMigrations: readonly Migration[] = [
  { id: 2, name: 'people, places and doors', sql: PLACES + PEOPLE + DOORS + GUARDS + countersOf(SLICE_OF_TABLE) }
]
