/** Where Debian's Chromium lies, for whatever tries the pages in a real browser; and how it comes there. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const
export const HOW_TO_INSTALL = 'Chromium is missing. On Debian, as root: apt-get install -y --no-install-recommends chromium'
/** As root there is no sandbox to enter; the rest keeps it from calling home. */
export const CHROMIUM_ARGUMENTS: readonly string[] = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

/** Its path, or null where there is none. @param path as in the environment */
export function chromiumPath (path: string): string | null {
  const places = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return places.find((place) => existsSync(place)) ?? null
}

/** Installs it where this machine lets us: Debian, as root. Says the one command otherwise. */
export function provideChromium (say: (line: string) => void): void {
  if (chromiumPath(process.env['PATH'] ?? '') !== null) return
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return say(HOW_TO_INSTALL)
  say('installing Chromium')
  const { status } = spawnSync('sh', ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium'], { stdio: 'ignore' })
  if (status !== 0) say(HOW_TO_INSTALL)
}
