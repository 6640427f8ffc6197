/** What a run costs: resident memory of each connected button, and processor time while they press, here and in a service that says it. */
import type { SimClock } from './ports.ts'
import type { ServiceChild } from './service-child.ts'

/** Memory in bytes; processor time as a share of one core. null: not measured, or the service was restarted meanwhile. */
export type CostFigures = { readonly perButton: number | null, readonly servicePerButton: number | null, readonly cores: number | null, readonly serviceCores: number | null }
type Moment = { readonly mono: number, readonly hereS: number, readonly thereS: number | null }

export class Cost {
  readonly #service: ServiceChild | null
  readonly #clock: SimClock
  #here = 0
  #there: number | null = null
  #memory: Pick<CostFigures, 'perButton' | 'servicePerButton'> = { perButton: null, servicePerButton: null }
  #up: Promise<Moment> | null = null

  constructor (service: ServiceChild | null, clock: SimClock) {
    this.#service = service
    this.#clock = clock
  }

  /** Nobody is connected yet. */
  async before (): Promise<void> {
    this.#here = process.memoryUsage.rss()
    this.#there = (await this.#service?.spent())?.residentBytes ?? null
  }

  /** All are; the first press follows. */
  after (connected: number): void {
    if (connected === 0) return
    const perButton = (process.memoryUsage.rss() - this.#here) / connected
    this.#memory = { perButton, servicePerButton: null }
    this.#up = this.#now((residentBytes) => {
      if (residentBytes !== null && this.#there !== null) this.#memory = { perButton, servicePerButton: (residentBytes - this.#there) / connected }
    })
  }

  /** `restarted`: a new process counts its time anew. */
  async figures (restarted: boolean): Promise<CostFigures> {
    const from = await this.#up
    if (from === null) return { ...this.#memory, cores: null, serviceCores: null }
    const to = await this.#now(() => {})
    const seconds = (to.mono - from.mono) / 1_000
    const there = restarted || from.thereS === null || to.thereS === null ? null : (to.thereS - from.thereS) / seconds
    return { ...this.#memory, cores: (to.hereS - from.hereS) / seconds, serviceCores: there }
  }

  async #now (resident: (bytes: number | null) => void): Promise<Moment> {
    const { user, system } = process.cpuUsage()
    const mono = this.#clock.mono()
    const spent = await this.#service?.spent() ?? null
    resident(spent?.residentBytes ?? null)
    return { mono, hereS: (user + system) / 1e6, thereS: spent?.cpuS ?? null }
  }
}
