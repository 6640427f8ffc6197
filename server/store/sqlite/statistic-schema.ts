import type { SchemaSection } from './schema-section.ts'

/**
 * Anonymous statistics (R21). An alarm falls due in the very transaction that settles it, so that no crash can lose
 * one or count it twice. `contribution` has no time, no order of arrival and nothing that joins it to an alarm, a shift
 * or a person without its quarter's key (in `data_key`, as `quarter:2026-Q4`), which goes when the quarter is published.
 */
export const statisticSection: SchemaSection = {
  sql: `
CREATE TABLE contribution_due (
  alarm TEXT PRIMARY KEY REFERENCES alarm (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TRIGGER alarm_settles AFTER UPDATE OF live ON alarm WHEN OLD.live = 1 AND NEW.live = 0
BEGIN INSERT INTO contribution_due (alarm) VALUES (NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER alarm_settles_at_once AFTER INSERT ON alarm WHEN NEW.live = 0
BEGIN INSERT INTO contribution_due (alarm) VALUES (NEW.id) ON CONFLICT DO NOTHING; END;

CREATE TABLE contribution (
  quarter TEXT NOT NULL, region TEXT NOT NULL, type TEXT NOT NULL, counted TEXT NOT NULL, result TEXT NOT NULL,
  worker TEXT NOT NULL, venue TEXT NOT NULL, n INTEGER NOT NULL CHECK (n > 0),
  PRIMARY KEY (quarter, region, type, counted, result, worker, venue)
) STRICT, WITHOUT ROWID;
CREATE INDEX contribution_of_worker ON contribution (worker);

CREATE TABLE room_hours (
  quarter TEXT NOT NULL, region TEXT NOT NULL, type TEXT NOT NULL, venue TEXT NOT NULL,
  seconds INTEGER NOT NULL, working_s INTEGER NOT NULL CHECK (working_s BETWEEN 0 AND seconds),
  PRIMARY KEY (quarter, region, type, venue)
) STRICT, WITHOUT ROWID;
CREATE TABLE rooms_watched (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER) STRICT;
INSERT INTO rooms_watched (id, at) VALUES (1, NULL);

CREATE TABLE published_cell (
  quarter TEXT NOT NULL, region TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (quarter, region, type)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER published_for_ever BEFORE UPDATE ON published_cell BEGIN SELECT RAISE(ABORT, 'PUBLISHED_IS_FIXED'); END;
CREATE TRIGGER published_is_kept BEFORE DELETE ON published_cell BEGIN SELECT RAISE(ABORT, 'PUBLISHED_IS_FIXED'); END;
`,
  sliceOfTable: {}
}
