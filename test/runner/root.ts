/** Where this project lies, and how a script of it is started: the same for a test that runs from its source and for one that was compiled. */
import { existsSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with package.json, absolute: fixtures, pages and sources are found from here, as only code is compiled into dist. */
export const root = rootAbove(dirname(fileURLToPath(import.meta.url)))

function rootAbove (folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  if (dirname(folder) === folder) throw new Error('no package.json above this file')
  return rootAbove(dirname(folder))
}

/** What `npm test` and `npm run build` put for a command: what is tried here is what runs in a house. */
export const COMMANDS = { veilleuse: join(root, 'dist/server/cli/veilleuse.js'), deviceSim: join(root, 'dist/device-sim/cli.js') } as const

/**
 * The arguments with which Node starts a script of ours as a process of its own: compiled when we are, else through tsx.
 * @param from `import.meta.url` of whoever starts it. @param path of the script from there, without its ending.
 */
export function scriptBeside (from: string, path: string): readonly string[] {
  const own = fileURLToPath(from)
  const script = join(dirname(own), `${path}${extname(own)}`)
  // Named by its address, so that the child finds it wherever it is started.
  return script.endsWith('.ts') ? ['--import', import.meta.resolve('tsx'), script] : [script]
}
