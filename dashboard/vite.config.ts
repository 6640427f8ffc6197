/** Builds the web app into dist/dashboard: one page a face, chunks by content hash, and the service worker under its own name. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { manifests } from './identity/manifests.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const PAGES = ['door', 'w', 'r', 't', 's', 'q', 'exit'] as const

export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('./public'),
  build: {
    outDir: here('../dist/dashboard'),
    emptyOutDir: true,
    // Safari 16.4 is the first with web push; Chrome of the same age.
    target: ['safari16.4', 'chrome111', 'firefox115'],
    assetsDir: 'a',
    // The policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { ...Object.fromEntries(PAGES.map((page) => [page, here(`./${page}.html`)])), sw: here('./push/sw.ts') },
      output: { entryFileNames: ({ name }) => name === 'sw' ? 'sw.js' : 'a/[name]-[hash].js', chunkFileNames: 'a/[name]-[hash].js', assetFileNames: 'a/[name]-[hash][extname]' }
    }
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [manifests(), shellList()]
})

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
