/**
 * The studies that an operator laid in one folder: each a folder of its own with a Frictionless data package
 * (`datapackage.json`) and a `report.html`. Read anew each time: a study that was taken away is gone.
 * @see https://datapackage.org/standard/data-package/
 */
import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

export type Study = { readonly study: string, readonly title: string, readonly madeAt: number | null }

/** What is asked of it; `null` from `report`: there is no such study. */
export type Studies = {
  readonly list: () => Promise<readonly Study[]>
  readonly report: (study: string) => Promise<Buffer | null>
}

/** Listed at most; of more, those whose names come last are left out. */
export const STUDIES_MAX = 200
const TITLE_CHARS_MAX = 200
const PACKAGE_MAX_BYTES = 1_000_000
/** A report with many plots weighs about one megabyte. */
const REPORT_MAX_BYTES = 16_000_000
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** @param folder absolute; it need not exist */
export function studiesIn (folder: string): Studies {
  return {
    list: async () => {
      const found: Study[] = []
      for (const name of await foldersIn(folder)) {
        const study = await studyIn(folder, name)
        if (study !== null) found.push(study)
      }
      return found.sort((a, b) => (b.madeAt ?? 0) - (a.madeAt ?? 0) || a.study.localeCompare(b.study))
    },
    report: async (study) => NAME.test(study) && (await foldersIn(folder)).includes(study) ? await readUpTo(join(folder, study, 'report.html'), REPORT_MAX_BYTES) : null
  }
}

/** Folders themselves, not links to one: what lies elsewhere was not laid here. */
async function foldersIn (folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory() && NAME.test(entry.name)).map(({ name }) => name).sort().slice(0, STUDIES_MAX)
  } catch {
    return []
  }
}

/** null: no study, or one that is not finished. */
async function studyIn (folder: string, study: string): Promise<Study | null> {
  const bytes = await readUpTo(join(folder, study, 'datapackage.json'), PACKAGE_MAX_BYTES)
  if (bytes === null || await withFile(join(folder, study, 'report.html'), REPORT_MAX_BYTES, async () => true) === null) return null
  try {
    const { title, created } = JSON.parse(bytes.toString('utf8')) as { title?: unknown, created?: unknown }
    const madeAt = typeof created === 'string' ? Date.parse(created) : Number.NaN
    return { study, title: textOf(title) ?? study, madeAt: madeAt >= 0 ? madeAt : null }
  } catch {
    return null
  }
}

function textOf (title: unknown): string | null {
  const text = typeof title === 'string' ? title.replace(/[\p{C}\s]+/gu, ' ').trim().slice(0, TITLE_CHARS_MAX) : ''
  return text === '' ? null : text
}

async function readUpTo (path: string, bytesMax: number): Promise<Buffer | null> {
  return await withFile(path, bytesMax, async (file) => await file.readFile())
}

/** A file itself, not a link to one. null: it is not there, or is larger. */
async function withFile<T> (path: string, bytesMax: number, work: (file: FileHandle) => Promise<T>): Promise<T | null> {
  try {
    // Without waiting: a pipe that was laid here would hold the request for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const stat = await file.stat()
      return stat.isFile() && stat.size <= bytesMax ? await work(file) : null
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}
