import type { SchemaSection } from './schema-section.ts'

/**
 * What a responder says of themselves, and what is left of one who went. R6, in writing: an organisation that has not
 * declared that it never forwards is an authority; as an organisation it can't come onto any list, whoever writes the row.
 * Whoever is told without being chosen by her (the venue's people, standing circles, the rota) has declared it, of whatever kind.
 */
const undeclared = (table: string, who = '1') => ['INSERT', 'UPDATE'].map((verb) => `
CREATE TRIGGER ${table}_declared_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
WHEN ${who} AND NOT EXISTS (SELECT 1 FROM declaration WHERE responder = NEW.responder)
BEGIN SELECT RAISE(ABORT, 'NOT_DECLARED'); END;`).join('')

const TOLD_UNCHOSEN = ['venue_responder', 'duty', 'standing_agreement', 'standing_person']

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
${undeclared('contact', "NEW.kind = 'organisation'")}${TOLD_UNCHOSEN.map((table) => undeclared(table)).join('')}
CREATE TRIGGER declaration_updated BEFORE UPDATE ON declaration BEGIN SELECT RAISE(ABORT, 'DECLARATION_IS_FIXED'); END;
CREATE TRIGGER declaration_taken_back BEFORE DELETE ON declaration WHEN EXISTS (SELECT 1 FROM responder WHERE id = OLD.responder)
BEGIN SELECT RAISE(ABORT, 'DECLARATION_IS_FIXED'); END;
`,
  sliceOfTable: { declaration: 'people', available: 'people', contact_left: 'people' }
}
