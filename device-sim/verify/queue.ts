/** A counter with c clerks on the very kernel that runs the model: its waits have a closed form. */
import { littlesLaw, mmc } from '../statistics/queueing.ts'
import type { Stay } from '../statistics/queueing.ts'
import { stream } from '../virtual/chance/stream.ts'
import { Kernel } from '../virtual/kernel/kernel.ts'
import { atMost, meets } from './outcome.ts'
import type { Outcome } from './outcome.ts'

export type Counter = { readonly servers: number, readonly arrivalRate: number, readonly serviceRate: number, readonly customers: number }
/** From empty to empty again. `area`: the integral of how many are inside, counted as they come and go. */
export type Served = { readonly waits: readonly number[], readonly stays: readonly Stay[], readonly area: number, readonly ended: number }
export type Serve = (counter: Counter, seed: number, replication: number) => Served

const counter: Counter = { servers: 3, arrivalRate: 2.4, serviceRate: 1, customers: 6_000 }
const REPLICATIONS = 40
/** The first of each replication still see an empty room. */
const WARM_UP = 1_000
/** Rounding of sums, relative. */
const ROUNDING = 1e-9

export const serve: Serve = ({ servers, arrivalRate, serviceRate, customers }, seed, replication) => {
  const kernel = new Kernel()
  const gaps = stream(seed, replication, 'counter', 'gap')
  const services = stream(seed, replication, 'counter', 'service')
  const arrivedAt: number[] = []
  const waits: number[] = []
  const stays: Stay[] = []
  let [busy, served, inside, area, last] = [0, 0, 0, 0, 0]
  const move = (by: number): void => {
    area += inside * (kernel.now - last)
    inside += by
    last = kernel.now
  }
  const begin = (): void => {
    const customer = served++
    busy++
    waits[customer] = kernel.now - (arrivedAt[customer] ?? NaN)
    kernel.after(-Math.log1p(-services.at(customer)) / serviceRate, leave, customer)
  }
  const leave = (customer: number): void => {
    move(-1)
    busy--
    stays[customer] = { from: arrivedAt[customer] ?? NaN, to: kernel.now }
    if (served < arrivedAt.length) begin()
  }
  const arrive = (customer: number): void => {
    move(1)
    arrivedAt.push(kernel.now)
    if (customer + 1 < customers) kernel.after(-Math.log1p(-gaps.at(customer + 1)) / arrivalRate, arrive, customer + 1)
    if (busy < servers) begin()
  }
  kernel.after(-Math.log1p(-gaps.at(0)) / arrivalRate, arrive, 0)
  kernel.run()
  return { waits, stays, area, ended: kernel.now }
}

export function erlang (run: Serve, seed: number): Outcome[] {
  const truth = mmc(counter.servers, counter.arrivalRate, counter.serviceRate)
  const after = Array.from({ length: REPLICATIONS }, (_, replication) => run(counter, seed, replication).waits.slice(WARM_UP))
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
  const n = after.length * (counter.customers - WARM_UP)
  return [
    meets({ check: 'M/M/3, share that waits', claim: "On the model's kernel as many customers wait as Erlang's C formula says (load 2.4).", n }, after.map((waits) => mean(waits.map((wait) => (wait > 0 ? 1 : 0)))), truth.waits),
    meets({ check: 'M/M/3, mean wait', claim: 'And they wait as long as it says.', n }, after.map(mean), truth.meanWait)
  ]
}

export function little (run: Serve, seed: number): Outcome {
  const { stays, area, ended } = run(counter, seed, 0)
  const { arrivalsTimesStay } = littlesLaw(stays, ended)
  return atMost({
    check: "Little's law",
    claim: 'How many are inside, counted as they come and go, is the rate of arrivals times the mean stay: nobody is lost, or counted twice.',
    measures: '|L / (lambda W) - 1|',
    n: stays.length
  }, Math.abs(area / ended / arrivalsTimesStay - 1), ROUNDING)
}
