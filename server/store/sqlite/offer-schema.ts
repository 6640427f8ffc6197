import type { SchemaSection } from './schema-section.ts'

/**
 * Offers (R5, R6). An authority has no kind that fits. Whom the operator invited goes with their place in the venue
 * (`member`), a colleague with her own row as a worker of it: neither can be offered by anybody else, or stay behind.
 */
export const offerSection: SchemaSection = {
  sql: `
CREATE TABLE offer (
  id TEXT PRIMARY KEY, venue TEXT NOT NULL REFERENCES venue (id), responder TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('reference-person', 'organisation', 'colleague')), member TEXT, worker TEXT,
  at INTEGER NOT NULL, barred_at INTEGER,
  UNIQUE (venue, responder),
  CHECK ((member IS NULL) = (kind = 'colleague')), CHECK ((worker IS NULL) = (kind <> 'colleague')), CHECK (member = responder),
  FOREIGN KEY (responder, kind) REFERENCES responder (id, kind) ON DELETE CASCADE,
  FOREIGN KEY (venue, member) REFERENCES venue_responder (venue, responder) ON DELETE CASCADE,
  FOREIGN KEY (worker, venue) REFERENCES worker_venue (worker, venue) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_of_responder ON offer (responder);

CREATE TABLE offer_left (
  offer TEXT NOT NULL REFERENCES offer (id) ON DELETE CASCADE, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE,
  PRIMARY KEY (offer, worker)
) STRICT, WITHOUT ROWID;

CREATE TABLE handover (
  id TEXT PRIMARY KEY, venue TEXT NOT NULL, responder TEXT NOT NULL, from_at INTEGER NOT NULL, until_at INTEGER NOT NULL CHECK (until_at > from_at),
  FOREIGN KEY (venue, responder) REFERENCES venue_responder (venue, responder) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX handover_of_venue ON handover (venue, from_at);
`,
  sliceOfTable: {}
}
