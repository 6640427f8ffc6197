/** Customers at one counter (M/M/1, load 0.8): on our kernel, and on SimPy where there is one. */
import { spawnSync } from 'node:child_process'
import { stream } from '../virtual/chance/stream.ts'
import { Kernel } from '../virtual/kernel/kernel.ts'

const LOAD = 0.8
/** Where Debian's python3-simpy3 can be seen from; another Python on the path may not. */
const PYTHONS = ['python3', '/usr/bin/python3']
const SIMPY_WAIT_MS = 120_000

/** Lives so many customers; @returns events of the kernel */
export function serveCustomers (customers: number): number {
  const kernel = new Kernel()
  const arrivals = stream(1, 0, 'counter', 'arrival')
  const services = stream(1, 0, 'counter', 'service')
  let came = 0
  let there = 0
  const arrive = (): void => {
    if (++came < customers) kernel.after(-Math.log(arrivals.next()) / LOAD, arrive, null)
    if (++there === 1) kernel.after(-Math.log(services.next()), leave, null)
  }
  const leave = (): void => { if (--there > 0) kernel.after(-Math.log(services.next()), leave, null) }
  kernel.at(0, arrive, null)
  kernel.run()
  return kernel.events
}

const SIMPY = `
import random, sys, time
import simpy
n = int(sys.argv[1])
random.seed(1)
env = simpy.Environment()
counter = simpy.Resource(env, capacity=1)
def customer():
    with counter.request() as turn:
        yield turn
        yield env.timeout(random.expovariate(1.0))
def source():
    for _ in range(n):
        yield env.timeout(random.expovariate(${LOAD}))
        env.process(customer())
env.process(source())
begun = time.process_time()
env.run()
print(time.process_time() - begun, getattr(simpy, '__version__', '?'))
`

/** Seconds of processor for so many customers, and its version; null: there is no SimPy. */
export function serveWithSimPy (customers: number): { readonly cpuS: number, readonly version: string } | null {
  for (const python of PYTHONS) {
    const { status, stdout } = spawnSync(python, ['-c', SIMPY, String(customers)], { encoding: 'utf8', timeout: SIMPY_WAIT_MS })
    const [cpuS = NaN, version = ''] = (status === 0 ? stdout : '').trim().split(' ').map((word, i) => i === 0 ? Number(word) : word) as [number?, string?]
    if (cpuS > 0) return { cpuS, version }
  }
  return null
}
