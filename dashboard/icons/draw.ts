/**
 * Draws the icons of the three identities from their SVG: `npm run icons`, by hand, after one was changed. What it draws is kept in
 * dashboard/public/icons. A launcher cuts a maskable icon to its own shape: its middle four fifths are what is sure to be seen.
 */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { IDENTITIES } from '../identity/manifests.ts'

const PLAIN = [180, 192, 512] as const
const MASKABLE = [192, 512] as const
/** The drawing fills three quarters of the whole: within the circle that every shape leaves. */
const ROUND = 0.22
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const [executablePath = '/usr/bin/chromium'] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const page = await browser.newPage()
mkdirSync(here('../public/icons'), { recursive: true })
for (const identity of Object.keys(IDENTITIES)) {
  const svg = readFileSync(here(`./${identity}.svg`), 'utf8')
  copyFileSync(here(`./${identity}.svg`), here(`../public/icons/${identity}.svg`))
  for (const size of PLAIN) await draw(page, svg, size, size === 180 ? 0 : ROUND, `${identity}-${size}`)
  for (const size of MASKABLE) await draw(page, svg, size, 0, `${identity}-maskable-${size}`)
}
await browser.close()

/** @param round share of the edge; an iPhone rounds by itself */
async function draw (on: Page, svg: string, size: number, round: number, name: string): Promise<void> {
  await on.setViewportSize({ width: size, height: size })
  await on.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px;border-radius:${size * round}px}</style>${svg}`)
  await on.screenshot({ path: here(`../public/icons/${name}.png`), omitBackground: true })
}
