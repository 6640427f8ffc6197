/** What a yearly report says, in one language. */
import type { Acceptance, Counted, Showing } from '../../alarm/outcome.ts'
import type { CellKey } from '../../people/disclosure.ts'
import type { Within } from '../../people/round-trip.ts'
import { en } from './words-en.ts'
import { fr } from './words-fr.ts'
import { nl } from './words-nl.ts'

/** A report is for institutions: the languages of the country's administrations, and English. */
export type ReportLanguage = 'fr' | 'nl' | 'en'
export type Result = Acceptance | Showing | Within
/** Every code of the figures, and of the words around them. */
export type Defined = Counted | Result | 'drill' | 'drillsShown' | 'drillsAnswered' | 'roomHours' | 'availability' | 'suppressed' | 'together' | 'rounding' | 'quarter' | 'region' | 'type' | 'BS-8484'

export type ReportWords = {
  readonly title: (year: number) => string
  readonly intro: string
  readonly nothing: (year: number) => string
  readonly alarms: string
  readonly alarmsIntro: string
  readonly quietChecks: string
  readonly tests: string
  readonly testsIntro: string
  readonly drills: string
  readonly drillsShown: string
  readonly drillsAnswered: string
  readonly people: string
  readonly latencyIntro: string
  readonly latencyLegend: string
  readonly availability: string
  readonly availabilityIntro: string
  readonly suppressedTitle: string
  readonly suppressedIntro: string
  readonly definitionsTitle: string
  readonly quarter: string
  readonly quarters: string
  readonly where: string
  readonly total: string
  readonly together: string
  readonly suppressed: string
  readonly standard: string
  readonly hours: string
  readonly workingHours: string
  readonly legend: string
  readonly results: Readonly<Record<Result, string>>
  readonly regions: Readonly<Record<CellKey['region'], string>>
  readonly types: Readonly<Record<CellKey['type'], string>>
  readonly definitions: Readonly<Record<Defined, string>>
}

export const REPORT_WORDS: Readonly<Record<ReportLanguage, ReportWords>> = { fr, nl, en }
