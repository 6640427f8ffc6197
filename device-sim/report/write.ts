/** Puts the report of a package into its folder. */
import { readPackage } from '../data-package/read.ts'
import { writeWhole } from '../data-package/whole-file.ts'
import { renderReport } from './render.ts'
import type { Language } from './say.ts'

/** Path inside the folder. */
export function reportPath (language: Language): string { return language === 'en' ? 'report.html' : `report.${language}.html` }

export async function writeReport (folder: string, language: Language): Promise<void> {
  await writeWhole(folder, reportPath(language), renderReport(await readPackage(folder), language))
}
