/** Parts of an earlier run that a study goes on from. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InvalidInput } from '../invalid-input.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { digestOf } from './compute.ts'
import type { Digest } from './compute.ts'
import { partNumbers, readMarked } from './part-file.ts'

type Asked = { readonly folder: string, readonly resume: boolean, readonly scenario: Scenario, readonly isAnyProgram?: boolean }

/** Taken with --resume, refused without. What can't be read is computed again. @param sha256 of the scenario */
export function found ({ folder, resume, scenario, isAnyProgram = false }: Asked, sha256: string): readonly Digest[] {
  const numbers = partNumbers(folder)
  if (resume) return digests(folder, numbers, scenario, sha256, isAnyProgram)
  if (numbers.length > 0) throw new InvalidInput('FOLDER_IN_USE', `${folder} has ${numbers.length} parts of a study: go on with --resume, or give another folder`)
  if (existsSync(join(folder, 'datapackage.json'))) throw new InvalidInput('FOLDER_IN_USE', `${folder} is the data package of a study: go on with --resume, or give another folder`)
  return []
}

function digests (folder: string, numbers: readonly number[], scenario: Scenario, sha256: string, isAnyProgram: boolean): readonly Digest[] {
  return numbers.flatMap((replication) => {
    try {
      const { part, isOwn } = readMarked(folder, replication, sha256)
      if (!isAnyProgram && !isOwn) throw new InvalidInput('PART_OF_ANOTHER_PROGRAM', `${folder} was begun by another version of device-sim or Node, or on another kind of machine: go on with that one, or give another folder`)
      return [digestOf(part, scenario.replications.primary)]
    } catch (cause) {
      if (cause instanceof InvalidInput && cause.code === 'PART_UNREADABLE') return []
      throw cause
    }
  })
}
