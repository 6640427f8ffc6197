/** Where Debian's Chromium lies; and how it comes there. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { exitOf, start } from './steps.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const
export const HOW_TO_INSTALL = 'Chromium is missing. On Debian, as root: apt-get install -y --no-install-recommends chromium'

/** Its path, or null where there is none. @param path as in the environment */
export function chromiumPath (path: string): string | null {
  const places = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return places.find((place) => existsSync(place)) ?? null
}

/** Installs it where this machine lets us: Debian, as root. Says the one command otherwise. */
export async function provideChromium (say: (line: string) => void): Promise<void> {
  if (chromiumPath(process.env['PATH'] ?? '') !== null) return
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return say(HOW_TO_INSTALL)
  say('installing Chromium')
  const child = start(['sh', '-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium'])
  child.stdout?.resume()
  child.stderr?.resume()
  if (await exitOf(child) !== 0) say(HOW_TO_INSTALL)
}
