/** Debian's Chromium, without a word to anybody else. */
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { HOW_TO_INSTALL, chromiumPath } from '../runner/chromium.ts'

/** As root there is no sandbox to enter; the rest keeps it from calling home. */
const ARGUMENTS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=user-gesture-required']

export async function launch (): Promise<Browser> {
  const executablePath = chromiumPath(process.env['PATH'] ?? '')
  if (executablePath === null) throw new Error(HOW_TO_INSTALL)
  return await chromium.launch({ executablePath, args: ARGUMENTS })
}
