/** Migration 4: people write and are written to in every language of R23. */
import type { Migration } from './migration.ts'

const CHECKED = "CHECK (tongue IN ('fr', 'nl', 'en', 'ro', 'bg', 'es', 'pt', 'sq'))"

/**
 * SQLite changes no CHECK of a column that is there. The column is made anew and takes the old one's name; the table stays what it is,
 * so that every key that points at it and every trigger on it stay too. (A new table in its place would have to drop the old one, and
 * that deletes, by cascade, everybody who depends on it.) The default serves the old rows for one statement; every write names its own.
 */
const spoken = (table: string): string => `
ALTER TABLE ${table} ADD COLUMN tongue TEXT NOT NULL DEFAULT 'fr' ${CHECKED};
UPDATE ${table} SET tongue = language;
ALTER TABLE ${table} DROP COLUMN language;
ALTER TABLE ${table} RENAME COLUMN tongue TO language;`

export const languagesMigrations: readonly Migration[] = [
  { id: 4, name: 'languages', sql: ['worker', 'responder', 'endpoint', 'her_phone'].map(spoken).join('') }
]
