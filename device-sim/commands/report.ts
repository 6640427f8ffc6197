/** `device-sim report`: the page of a data package, in one of three languages. */
import { basename, dirname } from 'node:path'
import { readPackage } from '../data-package/read.ts'
import { writeWhole } from '../data-package/whole-file.ts'
import { InvalidInput } from '../invalid-input.ts'
import { renderReport } from '../report/render.ts'
import { languages } from '../report/say.ts'
import type { Language } from '../report/say.ts'
import { reportPath } from '../report/write.ts'
import { EXIT } from './command.ts'
import type { Command } from './command.ts'
import { parse } from './option-values.ts'

const USAGE = `usage: device-sim report DIR [--language en|fr|nl] [--out FILE]

Draws the report of the data package in DIR again, from its tables alone: report.html in English, report.fr.html,
report.nl.html, or the file that --out names. The page needs no network and no script.`

function isLanguage (said: string): said is Language { return (languages as readonly string[]).includes(said) }

function readArguments (argv: readonly string[]): { readonly folder: string, readonly language: Language, readonly out: string | null } {
  const given = parse(argv, { language: { type: 'string' }, out: { type: 'string' } })
  const [folder, ...more] = given.positionals
  if (folder === undefined || more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'report wants one folder: device-sim report DIR')
  const language = given.values.language ?? 'en'
  if (!isLanguage(language)) throw new InvalidInput('LANGUAGE_UNKNOWN', `--language ${language}: one of ${languages.join(', ')}`)
  return { folder, language, out: given.values.out ?? null }
}

export const report: Command = {
  name: 'report',
  does: 'draws the report of a data package, in English, French or Dutch',
  usage: USAGE,
  async run (argv, io) {
    const { folder, language, out } = readArguments(argv)
    const html = renderReport(await readPackage(folder), language)
    const [into, path] = out === null ? [folder, reportPath(language)] : [dirname(out), basename(out)]
    await writeWhole(into, path, html)
    io.print(out ?? `${folder}/${path}`)
    return EXIT.ok
  }
}
