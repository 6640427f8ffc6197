/** One answered point on disk, `points/000042.json`: whole or absent. Resuming asks which are there. */
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { diskFault, writeWhole } from '../data-package/whole-file.ts'
import { InvalidInput } from '../invalid-input.ts'
import type { Answer } from './evaluate.ts'

type Kept = Answer & { readonly version: 1, /** SHA-256 of scenario, design, replications and program. */ readonly design: string }
const NAME = /^(\d{6,})[.]json$/
const fileOf = (point: number): string => `points/${String(point).padStart(6, '0')}.json`

export async function makePointsFolder (folder: string): Promise<void> {
  await mkdir(join(folder, 'points'), { recursive: true }).catch((cause: unknown) => { throw diskFault(cause, join(folder, 'points')) })
}

export async function writePoint (folder: string, design: string, answer: Answer): Promise<void> {
  const kept: Kept = { version: 1, design, ...answer }
  await writeWhole(folder, fileOf(answer.point), JSON.stringify(kept))
}

/** Answers that are there; what can't be read is computed again. Throws `InvalidInput` for one of another design. */
export async function readPoints (folder: string, design: string): Promise<readonly Answer[]> {
  const names = (await readdir(join(folder, 'points')).catch(() => [])).filter((name) => NAME.test(name)).sort()
  const answers: Answer[] = []
  for (const name of names) {
    const kept = parsed(await readFile(join(folder, 'points', name), 'utf8'))
    if (kept === null) continue
    if (kept.design !== design) throw new InvalidInput('POINTS_OF_ANOTHER_DESIGN', `${join(folder, 'points', name)} belongs to another scenario, method, size or version of this program: give another folder`)
    answers.push({ point: kept.point, values: kept.values, breaches: kept.breaches, events: kept.events })
  }
  return answers
}

function parsed (text: string): Kept | null {
  try {
    const read = JSON.parse(text) as Kept
    return read.version === 1 && Array.isArray(read.values) ? read : null
  } catch {
    return null
  }
}
