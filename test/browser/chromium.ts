/** A real browser for stories. */
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { CHROMIUM_ARGUMENTS, HOW_TO_INSTALL, chromiumPath } from '../../deploy/chromium.ts'

/** A camera and a microphone that show a test picture, and nobody to ask; sound needs a tap, as on a phone. */
const FAKED = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=user-gesture-required']

export async function launch (): Promise<Browser> {
  const executablePath = chromiumPath(process.env['PATH'] ?? '')
  if (executablePath === null) throw new Error(HOW_TO_INSTALL)
  return await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS, ...FAKED] })
}
