import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import ts from 'typescript'
import { systemClock } from '../../server/clock/system-clock.ts'
import { root } from '../runner/root.ts'
import { LivedAlarm } from './lived-alarm.ts'
import { fileIn } from './opened-store.ts'

const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: { compilerOptions: object } }
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)

/** One file at a time the compiler looks for no package.json, which would have told it that these are modules. */
const asModules = { noEmit: false, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }

/** What a production build makes of these files and of all that they import. */
function build (outDir: string, paths: readonly string[], done = new Set<string>()): void {
  for (const path of paths) {
    if (done.has(path)) continue
    done.add(path)
    const { outputText } = ts.transpileModule(readFileSync(join(root, path), 'utf8'), { compilerOptions: { ...options, ...asModules }, fileName: path })
    const target = join(outDir, path.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, outputText)
    const imported = [...outputText.matchAll(/ from ['"](\.[^'"]+)\.js['"]/g)].map(([, name]) => join(dirname(path), `${name}.ts`))
    build(outDir, imported, done)
  }
}

t.test('in production the thread is plain JavaScript, started without tsx', async (t) => {
  const file = fileIn(t)
  const outDir = join(t.testdirName, 'built')
  build(outDir, ['sqlite-store.ts', 'writer-worker.ts', 'errand-worker.ts'].map((name) => `server/store/sqlite/${name}`))
  const built = pathToFileURL(join(outDir, 'server/store/sqlite/sqlite-store.js')).href
  const { openStore } = await import(built) as typeof import('../../server/store/sqlite/sqlite-store.ts')
  const threads: string[] = []
  const heard = (): void => { threads.push('started') }
  process.on('worker', heard)
  t.teardown(() => { process.off('worker', heard) })
  const warned: string[] = []
  const store = await openStore({ file, clock: systemClock, log: { warn: (_, message) => { warned.push(message) } } })
  t.teardown(() => store.close())
  t.same(await store.alarms.append(new LivedAlarm('a', 'mira').append()), { ok: true })
  t.same(warned, [])
  t.same(threads, ['started'])
  await store.backup(`${file}.backup`)
  t.equal((await store.alarms.live()).length, 1)
})
