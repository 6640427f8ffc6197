/** `device-sim init`: a commented scenario to start from. */
import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvalidInput } from '../invalid-input.ts'
import { scenarioSchemaText } from '../scenario/schema.ts'
import { EXIT } from './command.ts'
import type { Command, Io } from './command.ts'
import { oneOf, parse } from './option-values.ts'

const shippedFolder = new URL('../scenarios/', import.meta.url)
function shipped (): readonly string[] { return readdirSync(shippedFolder).filter((file) => file.endsWith('.yaml')).map((file) => basename(file, '.yaml')).sort() }

const usage = `usage: device-sim init [FILE] [--like NAME] [--schema]

  Writes a small scenario with a comment at each key, to change and run. FILE is scenario.yaml unless you name it. A file
  that is there is never overwritten.

  --like NAME   a copy of a shipped scenario instead: ${shipped().join(', ')}
  --schema      scenario.schema.json beside it, by which an editor completes and checks
`

async function run (argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals: [file = 'scenario.yaml', ...more] } = parse(argv, { like: { type: 'string' }, schema: { type: 'boolean' } })
  if (more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'init makes one file: device-sim init FILE')
  const source = values.like === undefined ? new URL('../scenario/starter.yaml', import.meta.url) : new URL(`${oneOf(values.like, '--like', shipped())}.yaml`, shippedFolder)
  const text = (await readFile(source, 'utf8')).replace('$schema=../scenario/scenario.schema.json', `$schema=${values.schema === true ? 'scenario.schema.json' : fileURLToPath(new URL('../scenario/scenario.schema.json', import.meta.url))}`)
  await writeNew(file, text)
  if (values.schema === true) await writeNew(`${file.slice(0, -basename(file).length)}scenario.schema.json`, scenarioSchemaText())
  io.print(`${file} is written. Next: device-sim validate ${file}; device-sim explain ${file}; device-sim run ${file} --out ${basename(file, extname(file))}-study`)
  return EXIT.ok
}

async function writeNew (file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null
    if (code === 'EEXIST') throw new InvalidInput('FILE_EXISTS', `${file} is there already, and is left as it is: name another`)
    throw new InvalidInput('FILE_NOT_WRITTEN', `${file} can't be written: ${code === 'ENOENT' ? 'there is no such folder' : code === 'EACCES' ? 'this user may not write there' : String(code)}`)
  })
}

export const init: Command = { name: 'init', does: 'writes a commented scenario to start from', usage, run }
