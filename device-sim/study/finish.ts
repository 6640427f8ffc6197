/** From parts to a package with a report, and what it comes to. */
import { readPackage } from '../data-package/read.ts'
import { criteria } from '../data-package/tables/derived.ts'
import type { Row, Table } from '../data-package/table.ts'
import { writePackage } from '../data-package/write.ts'
import type { Language } from '../report/say.ts'
import { reportPath, writeReport } from '../report/write.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Provenance } from './part.ts'
import { readParts } from './parts.ts'

export type Judged = { readonly criterion: string, readonly policy: string, readonly verdict: string }

/** @param beside tables of other instruments @returns what became of each criterion */
export async function finishStudy (folder: string, scenario: Scenario, provenance: Provenance, languages: readonly Language[], beside: readonly (readonly [Table, Iterable<Row>])[]): Promise<readonly Judged[]> {
  await writePackage(folder, scenario, provenance, readParts(folder, provenance.scenarioSha256, provenance.replications), beside)
  for (const language of languages) await writeReport(folder, language)
  return (await readPackage(folder)).rows(criteria).map((row) => ({ criterion: String(row['criterion']), policy: String(row['policy']), verdict: String(row['verdict']) }))
}

export function reportsOf (languages: readonly Language[]): readonly string[] { return languages.map(reportPath) }
