/** Whose a folder is, before anything is written there: a study replaces tables, documents and reports of the same names, and they may be somebody's. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { diskFault } from '../data-package/whole-file.ts'
import { InvalidInput } from '../invalid-input.ts'
import { scenarioSha256 } from '../scenario/canonical.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** What a study writes and nobody can tell from what it finds; parts and points name their study themselves. */
const REPLACED = /^(data|datapackage[.]json|provenance[.]json|scenario[.]yaml|codebook[.]md|stress-des[.]md|report([.][a-z]{2})?[.]html)$/

/**
 * Throws `InvalidInput` unless the folder is new, empty, holds nothing that a study would replace, or is this very study's.
 * @param sha256 of the scenario
 */
export function refuseForeign (folder: string, sha256: string): void {
  const names = namesIn(folder)
  if (names.includes('scenario.json')) {
    if (keptSha256(folder) !== sha256) throw new InvalidInput('PART_OF_ANOTHER_STUDY', `${folder} holds a study of another scenario (or another version of this one): give another folder`)
    return
  }
  const taken = names.filter((name) => REPLACED.test(name)).sort()
  if (taken.length > 0) throw new InvalidInput('FOLDER_IN_USE', `${folder} holds ${taken.join(', ')}, which a study would replace: give another folder`)
}

function namesIn (folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return []
    throw diskFault(cause, folder)
  }
}

/** null: no scenario of ours. */
function keptSha256 (folder: string): string | null {
  try {
    return scenarioSha256(JSON.parse(readFileSync(join(folder, 'scenario.json'), 'utf8')) as Scenario)
  } catch {
    return null
  }
}
