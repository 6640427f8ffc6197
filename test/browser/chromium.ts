/** Debian's Chromium, without a word to anybody else. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const
/** As root there is no sandbox to enter; the rest keeps it from calling home. */
const ARGUMENTS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=user-gesture-required']

/** Its path, or null where there is none. */
export function chromiumPath (path: string): string | null {
  const places = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return places.find((place) => existsSync(place)) ?? null
}

export async function launch (): Promise<Browser> {
  const executablePath = chromiumPath(process.env['PATH'] ?? '')
  if (executablePath === null) throw new Error('Chromium is missing; as root on Debian: apt-get install chromium')
  return await chromium.launch({ executablePath, args: ARGUMENTS })
}
