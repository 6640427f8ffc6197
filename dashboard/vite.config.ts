/** Builds the web app into dist/pages: one page a face, chunks by content hash, and the service worker under its own name. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import type { Plugin, UserConfig } from 'vite'
import { manifests } from './identity/manifests.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const PAGES = ['door', 'w', 'r', 't', 's', 'q', 'exit'] as const

const OUT = here('../dist/pages')
/** Safari 16.4 is the first with web push; Chrome of the same age. */
const TARGET = ['safari16.4', 'chrome111', 'firefox115']

/** `--mode sw`, after the pages: the service worker alone, in one file, which bears the version of what it keeps. */
export default defineConfig(({ mode }) => mode === 'sw' ? worker() : pages)

const pages: UserConfig = {
  root: here('.'),
  base: '/',
  publicDir: here('./public'),
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: TARGET,
    assetsDir: 'a',
    // The policy allows no data: addresses.
    assetsInlineLimit: 0,
    // A screen that comes later names its own imports; to list them in the entry as well weighs more than the hop that it saves.
    modulePreload: { polyfill: false, resolveDependencies: (_file, imports, { hostType }) => hostType === 'js' ? [] : imports },
    rolldownOptions: {
      input: Object.fromEntries(PAGES.map((page) => [page, here(`./${page}.html`)])),
      output: { entryFileNames: 'a/[name]-[hash].js', chunkFileNames: 'a/[name]-[hash].js', assetFileNames: 'a/[name]-[hash][extname]' }
    }
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [manifests(), shellList()]
}

function worker (): UserConfig {
  const version = createHash('sha256').update(readFileSync(`${OUT}/shell.json`)).digest('hex').slice(0, 16)
  return {
    root: here('.'),
    publicDir: false,
    define: { SHELL_VERSION: JSON.stringify(version) },
    build: {
      outDir: OUT,
      emptyOutDir: false,
      target: TARGET,
      rolldownOptions: { input: here('./push/sw.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } }
    }
  }
}

/** `shell.json`: what an installed app keeps for when the network is gone. The service worker reads it. */
function shellList (): Plugin {
  return {
    name: 'shell-list',
    generateBundle (_options, bundle) {
      const files = Object.keys(bundle).filter((file) => /^a\/.*\.(js|css)$/.test(file) && !/^a\/(t|s|plot|decode)-/.test(file)).sort()
      this.emitFile({ type: 'asset', fileName: 'shell.json', source: JSON.stringify({ files: files.map((file) => `/${file}`) }) })
    }
  }
}
