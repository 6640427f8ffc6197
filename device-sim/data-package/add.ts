/**
 * A table more in a package that is whole. The descriptor is replaced last, by a rename: a writer that breaks before leaves the
 * package as it was, or one that its reader refuses; never one that lies.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tableSection } from './codebook.ts'
import { documentResource, tableResources } from './descriptor.ts'
import { readPackage } from './read.ts'
import type { Row, Table } from './table.ts'
import { writeWhole } from './whole-file.ts'
import { writeTable } from './write.ts'

/** Replaces a table of that name. Throws as `readPackage` does, and `InvalidInput` for a disk that refuses. */
export async function addTable (folder: string, table: Table, rows: Iterable<Row>): Promise<void> {
  const { descriptor } = await readPackage(folder)
  const written = await writeTable(folder, table, rows)
  const known = await readFile(join(folder, 'codebook.md'), 'utf8')
  const section = `\n${tableSection(table)}`
  const codebook = await writeWhole(folder, 'codebook.md', known.includes(section) ? known : known + section)
  const added = [...tableResources(written), documentResource(codebook)]
  const others = descriptor.resources.filter(({ name }) => added.every((each) => each.name !== name))
  await writeWhole(folder, 'datapackage.json', `${JSON.stringify({ ...descriptor, resources: [...others, ...added] }, null, 2)}\n`)
}
