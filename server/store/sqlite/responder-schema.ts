import type { SchemaSection } from './schema-section.ts'

/**
 * What a responder says of themselves, and what is left of one who went. R6, in writing: an organisation that has not
 * declared that it never forwards is an authority; as an organisation it can't come onto any list, whoever writes the row.
 */
const undeclared = (table: string) => ['INSERT', 'UPDATE'].map((verb) => `
CREATE TRIGGER ${table}_declared_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
WHEN NEW.kind = 'organisation' AND NOT EXISTS (SELECT 1 FROM declaration WHERE responder = NEW.responder)
BEGIN SELECT RAISE(ABORT, 'NOT_DECLARED'); END;`).join('')

export const responderSection: SchemaSection = {
  sql: `
CREATE TABLE declaration (
  responder TEXT PRIMARY KEY REFERENCES responder (id) ON DELETE CASCADE, wording TEXT NOT NULL CHECK (length(wording) > 0), at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE available (
  responder TEXT PRIMARY KEY REFERENCES responder (id) ON DELETE CASCADE, until_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_left (
  id TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id) ON DELETE CASCADE, at INTEGER NOT NULL, sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_left_of_worker ON contact_left (worker, at);
${undeclared('contact')}${undeclared('venue_responder')}
`,
  sliceOfTable: { declaration: 'people', available: 'people', contact_left: 'people' }
}
