/**
 * The second half of `npm run build`, after tsc: puts what is not TypeScript beside what was compiled, makes the
 * commands executable, and removes compiled files whose source is gone, so that `dist/` is what a clean build gives.
 */
import { chmod, copyFile, mkdir, readFile, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const parts = ['firmware-protocol', 'broker', 'server', 'device-sim']
const asset = /[.](sql|html|css|js|mjs|svg|png|webmanifest|json|txt|yaml)$/

/** Paths of all files under a folder, from the current folder; none when it is absent. */
async function filesUnder (folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

const wanted = new Set<string>()
for (const source of (await Promise.all(parts.map(filesUnder))).flat()) {
  if (source.endsWith('.ts')) {
    const compiled = join('dist', source.replace(/[.]ts$/, '.js'))
    wanted.add(compiled).add(`${compiled}.map`)
  } else if (asset.test(source) && !source.includes('/vectors/')) {
    const copy = join('dist', source)
    wanted.add(copy)
    await mkdir(dirname(copy), { recursive: true })
    await copyFile(source, copy)
  }
}

for (const old of (await Promise.all(parts.map((part) => filesUnder(join('dist', part))))).flat()) {
  if (!wanted.has(old)) await rm(old)
}

const { bin } = JSON.parse(await readFile('package.json', 'utf8')) as { bin: Record<string, string> }
for (const command of Object.values(bin)) {
  // A command whose source does not exist yet has nothing to make executable.
  if (wanted.has(command)) await chmod(command, 0o755)
}
