/**
 * Writes a study's data package. The descriptor comes last, by a rename: a folder without `datapackage.json` is not a
 * package, so that nothing partial looks whole. The same parts and provenance give the same bytes.
 */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../scenario/canonical.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { scenarioYaml } from '../scenario/written.ts'
import type { Part, Provenance } from '../study/part.ts'
import { codebook } from './codebook.ts'
import { acceptanceRows, convergenceRows, differenceRows, funnelRows, inequalityRows, monthRows, stepRows, summaryRows } from './derive.ts'
import { descriptorOf } from './descriptor.ts'
import { Gathered } from './gather.ts'
import { criteriaRows, evidenceRows } from './judge.ts'
import { publishedRows } from './published.ts'
import { rawRows } from './rows.ts'
import { stressDes } from './stress-des.ts'
import type { Row, Table } from './table.ts'
import { TableFile } from './table-file.ts'
import type { WrittenTable } from './table-file.ts'
import * as derived from './tables/derived.ts'
import * as raw from './tables/raw.ts'
import { WaitedStudy } from './waited.ts'
import { diskFault, writeWhole } from './whole-file.ts'
import type { Written } from './whole-file.ts'

const rawFiles = { presses: raw.presses, burden: raw.burden, availability: raw.availability, measures: raw.measuresTable, breaches: raw.breaches } as const

/** What says that a folder is whole, and what is drawn from it: gone before anything is written. */
async function unmake (folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => { throw diskFault(error, folder) })
  await rm(join(folder, 'datapackage.json'), { force: true })
  for (const name of await readdir(folder)) {
    if (/^report([.][a-z]{2})?[.]html$/.test(name)) await rm(join(folder, name), { force: true })
  }
  await rm(join(folder, 'data'), { force: true, recursive: true })
}

export async function writeTable (folder: string, table: Table, rows: Iterable<Row>): Promise<WrittenTable> {
  const file = await TableFile.open(folder, table)
  try {
    await file.addAll(rows)
    return await file.close()
  } catch (error) {
    await file.drop()
    throw error
  }
}

/** One pass over the parts: their rows go out, a few numbers stay. */
async function writeRaw (folder: string, scenario: Scenario, parts: AsyncIterable<Part> | Iterable<Part>): Promise<{ readonly tables: WrittenTable[], readonly gathered: Gathered }> {
  const gathered = new Gathered(scenario.policies.map(({ name }) => name), scenario.horizonS)
  const open: [keyof typeof rawFiles, TableFile][] = []
  try {
    for (const [name, table] of Object.entries(rawFiles)) open.push([name as keyof typeof rawFiles, await TableFile.open(folder, table)])
    for await (const part of parts) {
      const rows = rawRows(part)
      for (const [name, file] of open) await file.addAll(rows[name])
      gathered.add(part)
    }
    const tables: WrittenTable[] = []
    for (const [, file] of open) tables.push(await file.close())
    return { tables, gathered }
  } catch (error) {
    for (const [, file] of open) await file.drop()
    throw error
  }
}

function derivedRows (gathered: Gathered, scenario: Scenario, evidence: Row[]): readonly (readonly [Table, Row[]])[] {
  const waited = new WaitedStudy(gathered, scenario.seed)
  const summary = summaryRows(gathered, scenario, waited)
  return [
    [derived.summary, summary],
    [derived.differences, differenceRows(gathered, waited)],
    [derived.criteria, criteriaRows(scenario, summary)],
    [derived.evidence, evidence],
    [derived.published, publishedRows(scenario, summary)],
    [derived.convergence, convergenceRows(gathered, scenario)],
    [derived.acceptance, acceptanceRows(gathered, waited)],
    [derived.funnel, funnelRows(gathered)],
    [derived.steps, stepRows(gathered, scenario)],
    [derived.inequality, inequalityRows(gathered)],
    [derived.availabilityMonths, monthRows(gathered)]
  ]
}

/** `beside`: tables of other instruments, such as `verification`. Throws `InvalidInput` with `DISK_FULL` or `FOLDER_READ_ONLY`; the folder is then no package. */
export async function writePackage (folder: string, scenario: Scenario, provenance: Provenance, parts: AsyncIterable<Part> | Iterable<Part>, beside: readonly (readonly [Table, Iterable<Row>])[] = []): Promise<void> {
  await unmake(folder)
  const { tables, gathered } = await writeRaw(folder, scenario, parts)
  const evidence = evidenceRows(scenario)
  for (const [table, rows] of [...derivedRows(gathered, scenario, evidence), ...beside]) tables.push(await writeTable(folder, table, rows))
  const documents: Written[] = []
  const texts = {
    // Its SHA-256 is the scenario's own: anybody can check it with sha256sum.
    'scenario.json': canonicalJson(scenario),
    'scenario.yaml': scenarioYaml(scenario),
    'provenance.json': `${JSON.stringify(provenance, null, 2)}\n`,
    'codebook.md': codebook(tables.map(({ table }) => table)),
    'stress-des.md': stressDes(scenario, provenance, evidence)
  }
  for (const [path, text] of Object.entries(texts)) documents.push(await writeWhole(folder, path, text))
  await writeWhole(folder, 'datapackage.json', `${JSON.stringify(descriptorOf(scenario, provenance, tables, documents), null, 2)}\n`)
}
