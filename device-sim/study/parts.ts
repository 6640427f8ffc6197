/** A study's parts, read in order, one in memory at a time. */
import type { Part } from './part.ts'
import { partNumbers, readPart } from './part-file.ts'

/** @param scenario its SHA-256; @param most so many from number 0 on, or all that are there */
export async function * readParts (folder: string, scenario: string, most = Infinity): AsyncGenerator<Part, void> {
  for (const replication of partNumbers(folder)) if (replication < most) yield readPart(folder, replication, scenario)
}
