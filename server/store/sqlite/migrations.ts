import { alarmMigrations } from './alarm-schema.ts'
import { declaredMigrations } from './declared-schema.ts'
import { herListMigrations } from './her-list-schema.ts'
import { languagesMigrations } from './languages-schema.ts'
import type { Migration } from './migration.ts'
import { peopleMigrations } from './people-schema.ts'
import { putAwayMigrations } from './put-away-schema.ts'

/** Every step of the schema, of every domain, in the order in which they run. */
export const migrations: readonly Migration[] = [...alarmMigrations, ...peopleMigrations, ...herListMigrations, ...languagesMigrations, ...declaredMigrations, ...putAwayMigrations].sort((a, b) => a.id - b.id)

for (const [index, migration] of migrations.entries()) {
  // Two authors who took one number would otherwise each run on half of the machines.
  if (migration.id !== index + 1) throw new Error(`Migration ${migration.id} (${migration.name}) stands at place ${index + 1}`)
}

/** The `user_version` of a file that this version of the product wrote. */
export const schemaVersion = migrations.length
