/** Closed forms that a simulator must come back to. */

/** P(all c servers busy), calls lost, offered load `load` = λ/μ in erlang. @see Erlang 1917; recurrence: Cooper 1981, 3.2 */
export function erlangB (servers: number, load: number): number {
  let blocked = 1
  for (let k = 1; k <= servers; k++) blocked = load * blocked / (k + load * blocked)
  return blocked
}

/** P(a caller waits) in M/M/c; 1 when load >= servers. @see Erlang 1917; Cooper 1981, 3.3 */
export function erlangC (servers: number, load: number): number {
  if (load >= servers) return 1
  const blocked = erlangB(servers, load)
  return servers * blocked / (servers - load * (1 - blocked))
}

/** M/M/c in its steady state; rates per unit of time, times in that unit. Infinite when λ >= c μ. @see Gross et al. 2008, 2.3 */
export function mmc (servers: number, arrivalRate: number, serviceRate: number): { readonly waits: number, readonly meanWait: number, readonly meanQueue: number, readonly meanInSystem: number, readonly utilisation: number } {
  const load = arrivalRate / serviceRate
  const waits = erlangC(servers, load)
  const meanWait = load >= servers ? Infinity : waits / (servers * serviceRate - arrivalRate)
  return { waits, meanWait, meanQueue: arrivalRate * meanWait, meanInSystem: arrivalRate * meanWait + load, utilisation: Math.min(1, load / servers) }
}

export type Stay = { readonly from: number, readonly to: number }

/**
 * Both sides of Little's law, L = λ W, over stays that lie whole within [0, horizon]: `inside` is the time average of how many are inside, taken from the
 * arrivals and departures as they happen; `arrivalsTimesStay` is λ W. They are equal for every path, not only on average.
 * @see Little 1961; Stidham 1974, Oper. Res. 22, 417
 */
export function littlesLaw (stays: readonly Stay[], horizon: number): { readonly inside: number, readonly arrivalsTimesStay: number } {
  const moves = stays.flatMap(({ from, to }) => [{ at: from, by: 1 }, { at: to, by: -1 }]).sort((a, b) => a.at - b.at)
  let [area, inside, last] = [0, 0, 0]
  for (const { at, by } of moves) {
    area += inside * (at - last)
    inside += by
    last = at
  }
  const meanStay = stays.reduce((sum, { from, to }) => sum + (to - from), 0) / stays.length
  return { inside: area / horizon, arrivalsTimesStay: stays.length === 0 ? 0 : stays.length / horizon * meanStay }
}

/** Share of time up of something that fails and is mended by turns. @see Barlow & Proschan 1975, 7.2 */
export function steadyAvailability (meanUp: number, meanDown: number): number { return meanUp / (meanUp + meanDown) }
