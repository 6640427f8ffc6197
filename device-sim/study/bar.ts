/** How far a study is: one line that is written over on a terminal, or one JSON object a line for a program. */
import type { Progress } from './run.ts'

export type BarPorts = { readonly write: (text: string) => void, readonly width: number, readonly mono: () => number }

const DRAWN_EVERY_MS = 100
const BLOCKS = 20
const BLOCKS_LEAST = 5
const WIDTH = 80
/** Sets the cursor to the beginning and clears the line. */
const CLEAR = '\r\u001B[2K'

export class Bar {
  readonly #ports: BarPorts
  readonly #startedMs: number
  #drawnMs = -Infinity
  #isDrawn = false

  constructor (ports: BarPorts) {
    this.#ports = ports
    this.#startedMs = ports.mono()
  }

  update (progress: Progress): void {
    const now = this.#ports.mono()
    if (now - this.#drawnMs < DRAWN_EVERY_MS) return
    this.#drawnMs = now
    this.#isDrawn = true
    this.#ports.write(`${CLEAR}${barLine(progress, (now - this.#startedMs) / 1_000, this.#columns - 1)}`)
  }

  /** A terminal that does not know its width says 0. */
  get #columns (): number { return this.#ports.width > 0 ? this.#ports.width : WIDTH }

  end (): void { if (this.#isDrawn) this.#ports.write(CLEAR) }
}

/** @param tookS since the start; @param most characters: the bar gives way to the numbers */
export function barLine ({ done, of, computed, events, halfWidth }: Progress, tookS: number, most: number): string {
  const left = computed === 0 ? null : (of - done) * tookS / computed
  const precision = halfWidth === null ? '' : `  half-width ${(100 * halfWidth).toFixed(1)} %`
  const numbers = `${done} of at most ${of}  ${speed(events, tookS)}${left === null ? '' : `  ${duration(left)} left`}${precision}`
  const blocks = Math.min(BLOCKS, most - numbers.length - 3)
  const full = Math.round(blocks * Math.min(done / Math.max(of, 1), 1))
  return (blocks < BLOCKS_LEAST ? numbers : `[${'#'.repeat(full)}${'.'.repeat(blocks - full)}] ${numbers}`).slice(0, most)
}

function speed (events: number, tookS: number): string {
  const each = tookS > 0 ? events / tookS : 0
  return each >= 1e6 ? `${(each / 1e6).toFixed(2)} M events/s` : `${Math.round(each / 1e3)} k events/s`
}

function duration (s: number): string {
  if (s < 100) return `${Math.round(s)} s`
  return s < 6_000 ? `${Math.round(s / 60)} min` : `${(s / 3_600).toFixed(1)} h`
}
