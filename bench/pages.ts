/**
 * How long a cheap phone waits: Chromium at a sixth of this machine's speed, behind 1.6 Mbit/s and 150 ms, without anything kept from
 * before. Beside it, in the same turn, the night light of `/exit` (the least a page of this app can be) and the same page unhindered.
 */
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext } from 'playwright-core'
import { CHROMIUM_ARGUMENTS, HOW_TO_INSTALL, chromiumPath } from '../deploy/chromium.ts'
import { systemClock } from '../server/clock/system-clock.ts'
import { Browser as SimBrowser } from '../device-sim/live/browser.ts'
import { SimWorker } from '../device-sim/live/venue.ts'
import { withPeople } from '../server/cli/open-people.ts'
import { readConfig } from '../server/config/config.ts'
import { atMost, spreadOf } from './figures.ts'
import type { Goal, Spread } from './figures.ts'
import { serviceEnv, startBenchService } from './service.ts'
import type { BenchService } from './service.ts'

const CPU_SLOWER = 6
const LATENCY_MS = 150
const DOWN_BYTES_S = 1_600_000 / 8
const UP_BYTES_S = 750_000 / 8
const USABLE_MS_MAX = 1_000
const PLACE = 'Rue des Tilleuls 12'

export type PageFigures = { readonly name: string, readonly slow: Spread, readonly free: Spread }
export type PagesFigures = { readonly slower: number, readonly pages: readonly PageFigures[] }

type Face = { readonly name: string, readonly path: string, /** Usable when this can be seen. */ readonly until: string, readonly cookie: string | null }

/** @param rounds of all pages, in turn @param data an empty folder of its own */
export async function measurePages (built: string, data: string, secret: string, rounds: number): Promise<PagesFigures> {
  const executablePath = chromiumPath(process.env.PATH ?? '')
  if (executablePath === null) throw new Error(HOW_TO_INSTALL)
  const service = await startBenchService(built, data, secret)
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] })
  try {
    const faces = await openFaces(service, data, secret)
    const times = faces.map(() => ({ slow: [] as number[], free: [] as number[] }))
    for (let round = 0; round < rounds; round++) {
      for (const [at, face] of faces.entries()) {
        times[at]?.slow.push(await usable(browser, service.origin, face, true))
        times[at]?.free.push(await usable(browser, service.origin, face, false))
      }
    }
    return { slower: CPU_SLOWER, pages: faces.map(({ name }, at) => ({ name, slow: spreadOf(times[at]?.slow ?? []), free: spreadOf(times[at]?.free ?? []) })) }
  } finally {
    await browser.close()
    await service.stop()
  }
}

export function pagesGoals ({ pages }: PagesFigures): readonly Goal[] {
  return pages.filter(({ name }) => /alarm|alert/.test(name)).map(({ name, slow }) => atMost(`${name} usable on a slow phone, ms (p50)`, slow.p50, USABLE_MS_MAX))
}

/** She works somewhere, one person watches over her, and her alarm runs. */
async function openFaces (service: BenchService, data: string, secret: string): Promise<readonly Face[]> {
  const invite = await withPeople(readConfig(serviceEnv(data, secret) as Record<string, string>), async (people) => {
    const venue = await people.venues.add('Bench', 'independent')
    const made = venue.ok ? await people.invites.make('worker', venue.venue.id) : venue
    if (!made.ok) throw new Error('the bench could not make an invite')
    return made.code
  })
  const doors = { origin: service.origin, mqttUrl: service.mqttUrl, clock: systemClock }
  const calm = new SimWorker('Noor', doors)
  await calm.join(invite)
  const ana = new SimBrowser(service.origin)
  const { confirm } = await ana.post<{ confirm: string }>(`/api/v1/pairings/${await calm.code()}`, { name: 'Ana', kind: 'contact', language: 'fr', device: 'bench' })
  await calm.confirm(confirm)
  await calm.workAt(PLACE)
  await calm.press('bench-1')
  return [
    { name: 'the night light', path: '/exit', until: '.night-clock', cookie: null },
    { name: 'her alarm', path: '/w', until: '.hero-fact', cookie: calm.browser.cookie },
    { name: 'the alert', path: '/r', until: '.minutes button', cookie: ana.cookie }
  ]
}

/** From the start of the navigation to the first frame in which it is there. Milliseconds. */
async function usable (browser: Browser, origin: string, { path, until, cookie }: Face, hindered: boolean): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'fr-BE', hasTouch: true, serviceWorkers: 'block' })
  try {
    await sign(context, origin, cookie)
    const page = await context.newPage()
    if (hindered) {
      const devtools = await context.newCDPSession(page)
      await devtools.send('Network.enable')
      await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: LATENCY_MS, downloadThroughput: DOWN_BYTES_S, uploadThroughput: UP_BYTES_S })
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER })
    }
    await page.addInitScript(`
      new MutationObserver((_, watch) => {
        if (document.querySelector(${JSON.stringify(until)}) === null) return
        watch.disconnect()
        requestAnimationFrame(() => { window.usableMs = performance.now() })
      }).observe(document, { childList: true, subtree: true })`)
    await page.goto(origin + path)
    // A function: a text would be asked again by `eval`, which our pages forbid.
    const found = await page.waitForFunction(() => (globalThis as { usableMs?: number }).usableMs)
    return Number(await found.jsonValue())
  } finally {
    await context.close()
  }
}

async function sign (context: BrowserContext, origin: string, cookie: string | null): Promise<void> {
  if (cookie === null) return
  const at = cookie.indexOf('=')
  await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: origin, httpOnly: true, sameSite: 'Strict' }])
}
