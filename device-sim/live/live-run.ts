/** One live run: buttons, responders and bad moments against a service, from the first connection to the account. */
import type { PressRecord } from './account.ts'
import type { LinkFaults } from './bad-link.ts'
import { Crowd, type CrowdPlan, type Happened } from './crowd.ts'
import { HerPhones } from './her-phone.ts'
import type { House } from './house-file.ts'
import { lightConnect } from './light-link.ts'
import type { LiveRun } from './live-report.ts'
import { mqttConnect } from './mqtt-link.ts'
import { Phones, type Manner } from './phones.ts'
import { Cost } from './cost.ts'
import type { SimClock } from './ports.ts'
import type { PressPlan } from './press-plan.ts'
import type { Kill, ServiceChild } from './service-child.ts'

/** Beyond so many buttons the whole MQTT client costs more memory than they are worth. */
const FULL_CLIENT_MOST = 5_000
const PROGRESS_MS = 1_000

export type RunWish = {
  readonly house: House
  readonly plan: PressPlan
  readonly service: ServiceChild | null
  readonly mqtt: string
  readonly http: string
  readonly client: 'full' | 'light' | 'auto'
  readonly connectPerS: number
  readonly jitterMs: number
  readonly manner: Manner
  readonly sleeper: boolean
  readonly faults: LinkFaults
  readonly seed: number
  readonly timeScale: number
  readonly settleMs: number
  readonly idleMs: number
  readonly lateMs: number
  readonly cutEveryMs: number | null
  readonly stormsMs: readonly number[]
  readonly stormEveryMs: number | null
  readonly partition: CrowdPlan['partition']
  readonly kills?: { readonly atMs: readonly number[], readonly everyMs: number | null, readonly downMs: number }
  readonly pace: string
}
export type RunPorts = {
  readonly clock: SimClock
  readonly signal: AbortSignal
  readonly print: (line: Happened | Readonly<Record<string, unknown>>) => void
  readonly settled: (record: PressRecord) => void
  readonly progress: (line: string) => void
}

export async function runLive (wish: RunWish, ports: RunPorts): Promise<LiveRun> {
  const { service, house, seed, timeScale, pace } = wish
  const client = wish.client === 'auto' ? house.buttons.length > FULL_CLIENT_MOST ? 'light' : 'full' : wish.client
  const cost = new Cost(service, ports.clock)
  await cost.before()
  const kills: Kill[] = []
  let killing = Promise.resolve()
  let crowd: Crowd | null = null
  const phones = new Phones(house.responders, { origin: service?.origin ?? wish.http, clock: ports.clock, manner: scaledManner(wish), told: () => crowd?.told ?? null, ms: () => crowd?.ms ?? 0 })
  try {
    await phones.open()
    const hers = wish.plan.replay === undefined ? null : new HerPhones(house.buttons, service?.origin ?? wish.http, ports.clock)
    await hers?.prepare(wish.plan.replay?.hers ?? [])
    const url = service?.mqttUrl ?? wish.mqtt
    crowd = new Crowd(crowdPlan(wish, hers, () => { killing = killing.then(() => killed(wish, ports, kills, () => crowd?.ms ?? 0)) }), {
      ...ports,
      connect: client === 'light' ? lightConnect(url, ports.clock) : mqttConnect(url),
      up: (connected) => { cost.after(connected) }
    })
    const stopWatching = watch(crowd, house.buttons.length, ports)
    const totals = await stoppable(crowd, ports.signal)
    stopWatching()
    await hers?.settled()
    const spent = await cost.figures(kills.length > 0)
    const counted = (of: ReadonlyMap<string, number>): Record<string, number> => Object.fromEntries([...of].sort(([a], [b]) => a.localeCompare(b)))
    return { totals, client, timeScale, seed, pace, kills, cost: spent, replay: hers === null || wish.plan.replay === undefined ? null : { ...wish.plan.replay, hers: hers.counts }, answered: counted(phones.answered), refused: counted(phones.refused), captureFault: null }
  } finally {
    phones.close()
  }
}

async function stoppable (crowd: Crowd, signal: AbortSignal) {
  const stop = (): void => { crowd.stop() }
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) crowd.stop()
  try {
    return await crowd.run()
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Planned times are shortened; what protocol and service wait for is not. */
function crowdPlan (wish: RunWish, hers: HerPhones | null, kill: () => void): CrowdPlan {
  const { timeScale, partition, cutEveryMs, stormsMs, stormEveryMs, kills, plan: { forMs } } = wish
  const scaled = (ms: number): number => ms / timeScale
  const planned = (atMs: readonly number[], everyMs: number | null): readonly number[] => [...atMs.map(scaled), ...everyMs === null ? [] : rounds(scaled(everyMs), forMs)]
  return {
    ...wish,
    buttons: wish.house.buttons,
    presses: wish.plan.presses,
    forMs,
    cutEveryMs: cutEveryMs === null ? null : scaled(cutEveryMs),
    stormsMs: planned(stormsMs, stormEveryMs),
    partition: partition === null ? null : { everyMs: scaled(partition.everyMs), forMs: scaled(partition.forMs) },
    acts: [
      ...planned(kills?.atMs ?? [], kills?.everyMs ?? null).map((atMs) => ({ atMs, act: kill })),
      ...(wish.plan.replay?.hers ?? []).map((act) => ({ atMs: act.atMs, act: () => { hers?.act(act) } }))
    ]
  }
}

/** Each so long until the presses end; not at the end itself. */
function rounds (everyMs: number, untilMs: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.ceil(untilMs / everyMs) - 1) }, (_, i) => (i + 1) * everyMs)
}

function scaledManner ({ manner, timeScale }: RunWish): Manner {
  const scaled = ([least, most]: readonly [number, number]): readonly [number, number] => [least / timeScale, most / timeScale]
  return { ...manner, reactionMs: scaled(manner.reactionMs), arriveMs: scaled(manner.arriveMs), overMs: manner.overMs / timeScale }
}

async function killed ({ service, kills, timeScale }: RunWish, { clock, print }: RunPorts, done: Kill[], ms: () => number): Promise<void> {
  const kill: Kill = { atMs: Math.round(ms()), readyMs: null }
  done.push(kill)
  print({ atMs: kill.atMs, what: 'service killed' })
  try {
    await service?.killAndStart((kills?.downMs ?? 0) / timeScale, clock)
    kill.readyMs = Math.round(ms())
    print({ atMs: kill.readyMs, what: 'service ready' })
  } catch (cause) {
    print({ atMs: Math.round(ms()), what: 'service did not start', why: cause instanceof Error ? cause.message : 'failed' })
  }
}

function watch (crowd: Crowd, buttons: number, { clock, progress }: RunPorts): () => void {
  let cancel = (): void => {}
  const look = (): void => {
    const { pressed, connected } = crowd.progress
    progress(`${Math.round(crowd.ms / 1_000)} s: ${connected} of ${buttons} connected, ${pressed} pressed`)
    cancel = clock.after(PROGRESS_MS, look)
  }
  look()
  return () => { cancel() }
}
