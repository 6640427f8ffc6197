/**
 * Real phones before the real service: Debian's Chromium, the built service as a process of its own with its broker, a push service on
 * loopback. A phone that asks any other origin for anything, or whose page throws or logs an error, fails its story.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import tap from 'tap'
import type { Test } from 'tap'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { withPeople } from '../../server/cli/open-people.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { People } from '../../server/people/services.ts'
import { granted } from '../faults/full-house.ts'
import { ServiceProcess } from '../faults/service-process.ts'
import { FakePushService } from '../notify/push-service.ts'
import { launch } from './chromium.ts'

export const SMALL = { width: 360, height: 640 } as const
export const DESK = { width: 1280, height: 800 } as const

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** WCAG 2.2 AA, and what came before it. */
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] as const

/** What can differ where the same screen is said in other words: names that are empty, room for a finger, the language itself. Colours and roles can't. */
const AXE_OF_WORDS = [
  'target-size', 'label', 'button-name', 'link-name', 'input-button-name', 'select-name', 'summary-name', 'document-title', 'image-alt', 'svg-img-alt', 'role-img-alt',
  'aria-command-name', 'aria-input-field-name', 'aria-toggle-field-name', 'aria-meter-name', 'aria-progressbar-name', 'aria-tooltip-name', 'html-has-lang', 'html-lang-valid', 'valid-lang'
] as const
const AXE_RUNS = { all: [...AXE_TAGS], words: { type: 'rule', values: [...AXE_OF_WORDS] }, colours: { type: 'rule', values: ['color-contrast'] } } as const

export type Judged = keyof typeof AXE_RUNS
export type PhoneOptions = { readonly language?: string, readonly size?: { readonly width: number, readonly height: number }, readonly more?: BrowserContextOptions }

/** What a phone may say on its console: the browser itself tells of every refused request and lost socket, and of a page that would vibrate before anybody touched it. */
const SAID_BY_THE_BROWSER = /^Failed to load resource|(A bad HTTP response code \(\d+\)|An unknown error) .*when fetching the script|^Blocked call to navigator\.vibrate|WebSocket connection to .* failed|net::ERR_/

/** A service with its broker, in a folder of its own, and whatever wakes phones. */
type House = { readonly service: ServiceProcess, readonly push: FakePushService }

/** One a file: stories have contexts, venues and people of their own, and a browser or a service takes seconds to start. */
let browser: Promise<Browser> | null = null
let shared: Promise<House> | null = null

function theBrowser (): Promise<Browser> {
  browser ??= launch().then((opened) => {
    tap.teardown(async () => { await opened.close() })
    return opened
  })
  return browser
}

async function house (until: Test, more: Readonly<Record<string, string>>): Promise<House> {
  const push = await FakePushService.start(systemClock)
  const service = await ServiceProcess.prepare({ VEILLEUSE_PUSH_ORIGINS: push.origin, ...more })
  until.teardown(async () => {
    await service.remove()
    await push.stop()
  })
  return { service, push }
}

export class Stage {
  readonly service: ServiceProcess
  readonly push: FakePushService
  readonly #browser: Browser
  readonly #t: Test

  private constructor (t: Test, { service, push }: House, browser: Browser) {
    this.service = service
    this.push = push
    this.#browser = browser
    this.#t = t
  }

  /**
   * The house that the stories of this file share; whatever one of them left of the service, it runs. With `more`, the environment of
   * its service: a house of this story's own.
   */
  static async open (t: Test, more: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const isOwn = Object.keys(more).length > 0
    const [opened, itsHouse] = await Promise.all([theBrowser(), isOwn ? house(t, more) : shared ??= house(tap, {})])
    if (!itsHouse.service.isRunning) await itsHouse.service.start()
    return new Stage(t, itsHouse, opened)
  }

  get origin (): string { return this.service.origin }
  get doors () { return { origin: this.origin, mqttUrl: this.service.mqttUrl, clock: systemClock } }

  /** What an operator does at the command line, while the service runs. */
  async operate<T> (work: (people: People) => Promise<T>): Promise<T> { return await withPeople(this.service.config, work) }

  async venue (name = 'Maison Tilleul', regime: 'employed' | 'independent' = 'independent') {
    return await this.operate(async (people) => granted(await people.venues.add(name, regime)).venue)
  }

  async phone ({ language = 'en', size = SMALL, more = {} }: PhoneOptions = {}): Promise<Phone> {
    const context = await this.#browser.newContext({ viewport: size, locale: `${language}-BE`, hasTouch: true, timezoneId: 'Europe/Brussels', ...more })
    const page = await context.newPage()
    const phone = new Phone(this, context, page)
    this.#t.teardown(async () => { await context.close() })
    this.#t.comment(`a phone in ${language}, ${size.width}x${size.height}`)
    return phone
  }
}

export class Phone {
  readonly stage: Stage
  readonly context: BrowserContext
  readonly page: Page
  /** Addresses elsewhere that were asked for. */
  readonly foreign: string[] = []
  /** What went wrong in a page. */
  readonly faults: string[] = []

  constructor (stage: Stage, context: BrowserContext, page: Page) {
    this.stage = stage
    this.context = context
    this.page = page
    const { host } = new URL(stage.origin)
    context.on('request', (request) => {
      const url = new URL(request.url())
      if (url.host !== host && url.protocol !== 'blob:') this.foreign.push(request.url())
    })
    context.on('weberror', (error) => { this.faults.push(error.error().message) })
    context.on('console', (message) => { if (message.type() === 'error' && !SAID_BY_THE_BROWSER.test(message.text())) this.faults.push(message.text()) })
  }

  async open (path: string): Promise<void> { await this.page.goto(this.stage.origin + path) }

  /** WCAG 2.2 AA on what is on screen now; one line a fault. `words`, `colours`: only what another language, or another theme, can change. */
  async axe (judged: Judged = 'all'): Promise<readonly string[]> {
    // A screen that follows within the page finds it there.
    if (!await this.page.evaluate<boolean>('"axe" in globalThis')) await this.page.evaluate(AXE)
    const options = { runOnly: AXE_RUNS[judged], resultTypes: ['violations'], elementRef: false }
    const { violations } = await this.page.evaluate(async (options) => {
      const { violations } = await (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run(options)
      return { violations }
    }, options)
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`))
  }

  /** Nothing wider than the phone: no sideways scrolling, and nothing cut off at its edge, where a phone's page clips what does not fit (the wide pages do not clip). */
  async overflows (): Promise<boolean> {
    return await this.page.evaluate<boolean>(`document.documentElement.scrollWidth > document.documentElement.clientWidth ||
      [...document.querySelectorAll('.screen *:not(.unseen, .unseen *, svg *, [aria-hidden=true], [aria-hidden=true] *, .table-place *)')].some((element) => {
        const { left, right, width, height } = element.getBoundingClientRect()
        return width > 1 && height > 1 && (right > document.documentElement.clientWidth + 1 || left < -1)
      })`)
  }

  /** The phone asked nobody else, and no page of it failed. */
  isSound (t: Test): void {
    t.same(this.foreign, [], 'nothing was asked of any other origin')
    t.same(this.faults, [], 'no page failed')
  }
}

/** As long as a page waits for what it looks for. */
const WAIT_MS = 30_000
const LOOK_MS = 50

/**
 * Resolves when this is true in the page. Asked anew from here each time: what playwright asks again inside the page by itself is an
 * `eval`, which our pages forbid, so that whatever was not true at once failed.
 */
export async function comesTrue (page: Page, expression: string): Promise<void> {
  const until = systemClock.mono() + WAIT_MS
  while (await page.evaluate<unknown>(expression) !== true) {
    if (systemClock.mono() > until) throw new Error(`waited ${WAIT_MS / 1_000} s in vain: ${expression}`)
    await page.waitForTimeout(LOOK_MS)
  }
}
