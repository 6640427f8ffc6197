/** Migration 3: her list made whole. One section a subject; each says which part of the directory's picture it changes. */
import { countersOf } from './change-counters.ts'
import { checkInSection } from './check-in-schema.ts'
import { herPhoneSection } from './her-phone-schema.ts'
import { journalSection } from './journal-schema.ts'
import type { Migration } from './migration.ts'
import { offerSection } from './offer-schema.ts'
import { privacySection } from './privacy-schema.ts'
import { readinessSection } from './readiness-schema.ts'
import { responderSection } from './responder-schema.ts'
import type { SchemaSection } from './schema-section.ts'
import { shortcutUseSection } from './shortcut-use-schema.ts'
import { veilSection } from './veil-schema.ts'
import { statisticSection } from './statistic-schema.ts'

const SECTIONS: readonly SchemaSection[] = [
  journalSection,
  responderSection,
  offerSection,
  herPhoneSection,
  statisticSection,
  checkInSection,
  shortcutUseSection,
  privacySection,
  readinessSection,
  veilSection
]

export const herListMigrations: readonly Migration[] = [
  { id: 3, name: 'her list', sql: SECTIONS.map(({ sql, sliceOfTable }) => sql + countersOf(sliceOfTable)).join('') }
]
