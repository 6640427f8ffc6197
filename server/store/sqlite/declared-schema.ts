/** Migration 5: whoever is told unchosen has declared; what is counted says so; rooms change, and venues have hours. */
import { countersOf } from './change-counters.ts'
import type { Migration } from './migration.ts'

/**
 * R6, in writing: whoever is told without being chosen by her (the venue's people, standing circles, the rota) has declared that
 * nothing is passed on, of whatever kind; and nobody takes that back and stays.
 */
const TOLD_UNCHOSEN = ['venue_responder', 'duty', 'standing_agreement', 'standing_person']
const undeclared = (table: string): string => ['insert', 'update'].map((verb) => `
DROP TRIGGER IF EXISTS ${table}_declared_${verb};
CREATE TRIGGER ${table}_declared_${verb} BEFORE ${verb.toUpperCase()} ON ${table}
WHEN NOT EXISTS (SELECT 1 FROM declaration WHERE responder = NEW.responder)
BEGIN SELECT RAISE(ABORT, 'NOT_DECLARED'); END;`).join('')

const DECLARED = `${TOLD_UNCHOSEN.map(undeclared).join('')}
CREATE TRIGGER declaration_updated BEFORE UPDATE ON declaration BEGIN SELECT RAISE(ABORT, 'DECLARATION_IS_FIXED'); END;
CREATE TRIGGER declaration_taken_back BEFORE DELETE ON declaration WHEN EXISTS (SELECT 1 FROM responder WHERE id = OLD.responder)
BEGIN SELECT RAISE(ABORT, 'DECLARATION_IS_FIXED'); END;
`

/** As long as an alarm exists it says itself whether it is part of a count: none is counted twice. A drill bears the mark itself. */
const COUNTED = `
CREATE TABLE alarm_counted (alarm TEXT PRIMARY KEY REFERENCES alarm (id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
DROP TRIGGER alarm_settles;
CREATE TRIGGER alarm_settles AFTER UPDATE OF live ON alarm
WHEN OLD.live = 1 AND NEW.live = 0 AND NOT EXISTS (SELECT 1 FROM alarm_counted WHERE alarm = NEW.id)
BEGIN INSERT INTO contribution_due (alarm) VALUES (NEW.id) ON CONFLICT DO NOTHING; END;
ALTER TABLE drill ADD COLUMN counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1));
ALTER TABLE drill ADD COLUMN ending TEXT CHECK (ending IN ('over', 'superseded', 'interrupted'));
UPDATE drill SET ending = ended;
ALTER TABLE drill DROP COLUMN ended;
ALTER TABLE drill RENAME COLUMN ending TO ended;
`

/** `code`: which of the room's QRs opens; an older one is void. Minutes of the week are local time. */
const PLACES = `
ALTER TABLE room ADD COLUMN code INTEGER NOT NULL DEFAULT 1;
ALTER TABLE room ADD COLUMN retired_at INTEGER;
CREATE TABLE opening (
  venue TEXT NOT NULL REFERENCES venue (id), weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  from_min INTEGER NOT NULL CHECK (from_min BETWEEN 0 AND 1439), until_min INTEGER NOT NULL CHECK (until_min > from_min AND until_min <= from_min + 1440),
  PRIMARY KEY (venue, weekday, from_min)
) STRICT, WITHOUT ROWID;
`

export const declaredMigrations: readonly Migration[] = [
  { id: 5, name: 'declared, counted, open', sql: DECLARED + COUNTED + PLACES + countersOf({ opening: 'place' }) }
]
