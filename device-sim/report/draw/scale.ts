/** From values to pixels. */
export type Scale = {
  readonly at: (value: number) => number
  readonly domain: readonly [low: number, high: number]
  readonly range: readonly [from: number, to: number]
  readonly ticks: readonly number[]
}

/** Round steps (1, 2, 2.5 or 5 times a power of ten) so that about `count` of them cover the domain. */
export function niceTicks (low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((each) => each >= rough * 0.999) ?? rough
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * step).toPrecision(12)))
}

export function linear ([low, high]: readonly [number, number], [from, to]: readonly [number, number], count = 5): Scale {
  const span = high - low === 0 ? 1 : high - low
  return { at: (value) => from + (value - low) / span * (to - from), domain: [low, high], range: [from, to], ticks: niceTicks(low, high, count) }
}

/** Of things that are counted: there is no half replication. */
export function whole (scale: Scale): Scale { return { ...scale, ticks: scale.ticks.filter(Number.isInteger) } }

/** A domain of whole steps around the values, with ticks that are round in the unit that a reader would use: minutes or hours once there are many. */
export function roundScale ([low, high]: readonly [number, number], range: readonly [number, number], inSeconds: boolean, count = 5): Scale {
  const unit = !inSeconds || high <= 180 ? 1 : high <= 7_200 ? 60 : 3_600
  const domain = roundDomain(low / unit, high / unit, count)
  return { ...linear([domain[0] * unit, domain[1] * unit], range), ticks: niceTicks(domain[0], domain[1], count).map((tick) => tick * unit) }
}

/** The smallest domain of whole steps around the values. */
export function roundDomain (low: number, high: number, count = 5): readonly [number, number] {
  if (low === high) return low === 0 ? [0, 1] : [Math.min(0, low * 1.2), Math.max(0, high * 1.2)]
  const ticks = niceTicks(low, high, count)
  const step = (ticks[1] ?? high) - (ticks[0] ?? low)
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step]
}

/** `low` above 0. What lies at or below 0 stands at the low end. */
export function logarithmic ([low, high]: readonly [number, number], [from, to]: readonly [number, number], ticks: readonly number[]): Scale {
  const span = Math.log(high / low)
  return { at: (value) => from + Math.log(Math.max(value, low) / low) / span * (to - from), domain: [low, high], range: [from, to], ticks: ticks.filter((tick) => tick >= low && tick <= high) }
}
