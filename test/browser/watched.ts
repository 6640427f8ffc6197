/** Lina, who works with a simulated phone, and whoever watches over her with a real browser. */
import type { LiveWorkerAlarm } from '../../server/contract/live.ts'
import { SimWorker } from '../../device-sim/live/venue.ts'
import { granted } from '../faults/full-house.ts'
import type { Phone, PhoneOptions, Stage } from './stage.ts'

/** What a page does that no screen shows: sounds, vibrations, badges, wake locks. Runs in the page before anything of it. */
export const PROBE = `(() => {
  const heard = { notes: 0, silenced: 0, shakes: [], badges: [], locks: 0 }
  globalThis.heard = heard
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...args) { heard.notes += 1; return start.apply(this, args) }
  const disconnect = GainNode.prototype.disconnect
  GainNode.prototype.disconnect = function (...args) { heard.silenced += 1; return disconnect.apply(this, args) }
  navigator.vibrate = (pattern) => { heard.shakes.push(pattern); return true }
  navigator.setAppBadge = async (count) => { heard.badges.push(count) }
  navigator.clearAppBadge = async () => { heard.badges.push(0) }
})()`
export type Heard = { readonly notes: number, readonly silenced: number, readonly shakes: readonly (number | readonly number[])[], readonly badges: readonly number[] }

export class Watched {
  readonly stage: Stage
  readonly lina: SimWorker
  /** Her own page's newest alarms: what she may know. */
  alarms: readonly LiveWorkerAlarm[] = []
  #changed: () => void = () => {}

  private constructor (stage: Stage, lina: SimWorker) {
    this.stage = stage
    this.lina = lina
  }

  static async begin (stage: Stage, alias = 'Lina'): Promise<Watched> {
    const venue = await stage.venue(`House of ${alias}`)
    const { code } = await stage.operate(async (people) => granted(await people.invites.make('worker', venue.id)))
    const lina = new SimWorker(alias, stage.doors)
    await lina.join(code)
    await lina.setPin('2580')
    const watched = new Watched(stage, lina)
    await lina.watch((message) => {
      if (message.type !== 'worker-alarms') return
      watched.alarms = message.alarms
      watched.#changed()
    })
    return watched
  }

  /** A phone with a probe in its pages. */
  async phone (options: PhoneOptions = {}): Promise<Phone> {
    const phone = await this.stage.phone(options)
    await phone.context.addInitScript(PROBE)
    return phone
  }

  /** Pairs by link, as a person would; resolves when the digits were typed. `typed`: the code that they were told, as they type it. */
  async pair (phone: Phone, name: string, look: (phone: Phone, screen: string) => Promise<void> = async () => {}, typed: string | null = null): Promise<string> {
    const { page } = phone
    await phone.open(typed === null ? `/r#${await this.lina.code()}` : '/r')
    await page.getByRole('heading', { name: 'Watch over somebody' }).waitFor()
    if (typed !== null) await page.locator('#code').fill(typed)
    await look(phone, 'code')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('The name you are known by').fill(name)
    await page.getByRole('button', { name: 'Somebody they know' }).click()
    await page.getByRole('button', { name: 'I promise' }).click()
    await page.getByLabel('I have understood this').check()
    await look(phone, 'about')
    await page.getByRole('button', { name: 'Continue' }).click()
    const digits = await page.locator('.digits').getAttribute('aria-label') ?? ''
    await look(phone, 'digits')
    const id = await this.lina.confirm(digits.replaceAll(' ', ''))
    await this.#note()
    await page.getByRole('heading', { name: 'You are on the list' }).waitFor()
    await page.getByRole('button', { name: 'Continue' }).click()
    if (id === null) throw new Error('she confirmed nobody')
    return id
  }

  /** Her words to whoever comes. */
  async #note (): Promise<void> {
    const { mayKnowReach, ...circle } = await this.lina.browser.get<{ readonly mayKnowReach: string }>('/api/v1/circle')
    await this.lina.browser.put('/api/v1/circle', { ...circle, note: 'Knock and ask for the keys.', quietCheck: 'Ask for the keys.' })
  }

  /** Resolves when her own page shows this. */
  async sees (holds: (alarms: readonly LiveWorkerAlarm[]) => boolean): Promise<void> {
    if (holds(this.alarms)) return
    await new Promise<void>((resolve) => { this.#changed = () => { if (holds(this.alarms)) resolve() } })
    this.#changed = () => {}
  }

  close (): void { this.lina.close() }
}

/** What this page made the phone do so far. */
export async function heard (phone: Phone): Promise<Heard> { return await phone.page.evaluate<Heard>('globalThis.heard') }
