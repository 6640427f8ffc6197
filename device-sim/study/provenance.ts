/** What was run, where and with what. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Scenario } from '../scenario/scenario.ts'
import type { Provenance } from './part.ts'
import type { Shard, StudyEnd } from './run.ts'

const MARK_CHARS = 16

/** This package's own folder, from its sources or from what was built of them. */
function root (): URL {
  for (const up of ['../../', '../../../']) {
    const folder = new URL(up, import.meta.url)
    if (existsSync(new URL('package.json', folder))) return folder
  }
  throw new Error('the simulator does not find its own package.json')
}

/** Which program this is, as far as it decides about bytes. */
export function thisProgram (): Pick<Provenance, 'version' | 'lockfileSha256' | 'node' | 'platform'> {
  const folder = root()
  const { version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as { version: string }
  const lockfile = new URL('package-lock.json', folder)
  return {
    version,
    lockfileSha256: existsSync(lockfile) ? createHash('sha256').update(readFileSync(lockfile)).digest('hex') : '',
    node: process.version,
    platform: `${process.platform} ${process.arch}`
  }
}

let mark: string | null = null
/** The same in a few letters, kept with what is computed piece by piece. */
export function programMark (): string {
  mark ??= createHash('sha256').update(JSON.stringify(thisProgram())).digest('hex').slice(0, MARK_CHARS)
  return mark
}

/** @param argv as typed, without what changes no byte of the data */
export function provenanceOf (scenario: Scenario, end: StudyEnd, argv: readonly string[], shard: Shard | null): Provenance {
  return { ...thisProgram(), scenarioSha256: end.sha256, seed: scenario.seed, argv, shard, replications: end.replications, stopped: end.stopped }
}
