/** Everything one run found, as it is kept in `bench/results/latest.json`. */
import type { Bursts } from './burst.ts'
import type { CrowdFigures } from './crowd.ts'
import type { Goal } from './figures.ts'
import type { HopFigures } from './hop.ts'
import type { Machine } from './machine.ts'
import type { PagesFigures } from './pages.ts'
import type { StartFigures } from './start.ts'

export type Results = {
  readonly at: string
  readonly quick: boolean
  readonly machine: Machine
  readonly peers: { readonly mosquitto: string, readonly nodeRed: string }
  readonly hops: HopFigures
  readonly bursts: readonly Bursts[]
  readonly crowd: CrowdFigures
  readonly starts: readonly StartFigures[]
  readonly pages: PagesFigures
  readonly goals: readonly Goal[]
}

/** For people. Times in ms. */
export function report (results: Results): string {
  const { machine, peers, at, quick } = results
  return [
    `${at.slice(0, 10)}${quick ? ', quick: too few samples to quote' : ''}. ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.os}, Node ${machine.node}, disk ${machine.disk}, load ${machine.loadAtStart} at the start.`,
    `Peers in the same run: Mosquitto ${peers.mosquitto}, Node-RED ${peers.nodeRed}.`,
    ...hopLines(results.hops),
    ...burstLines(results.bursts),
    ...crowdLines(results.crowd),
    ...startLines(results.starts),
    ...pageLines(results.pages),
    '',
    'Goals',
    ...results.goals.map(({ name, value, goal, met }) => `  ${met ? 'met    ' : 'NOT MET'}  ${name}: ${value}, goal ${goal}`),
    ''
  ].join('\n')
}

function hopLines ({ first, told, puback, mosquitto, nodeRed, sync, ratios }: HopFigures): readonly string[] {
  const line = (name: string, { p50, p95, p99 }: HopFigures['told']): string => `  ${name.padEnd(44)}${[p50, p95, p99].map((ms) => ms.toFixed(2).padStart(9)).join('')}`
  const ratio = (name: string, { ofMedians, pairByPair }: { ofMedians: number, pairByPair: number }): string => `  ${name.padEnd(44)}${ofMedians.toFixed(2).padStart(9)}${pairByPair.toFixed(2).padStart(9)}`
  return [
    '',
    `One press at a time, ${told.samples} rounds of all`.padEnd(46) + ['p50', 'p95', 'p99'].map((p) => p.padStart(9)).join('') + ' ms',
    line('Mosquitto, publish to subscriber', mosquitto),
    line('Node-RED, MQTT to WebSocket', nodeRed),
    line('Veilleuse, press to responder\'s socket', told),
    line('one fdatasync of the same disk', sync),
    line('Veilleuse, press to PUBACK (durable)', puback),
    `  the very first press after the start: ${first.toldMs.toFixed(1)} to the responder, ${first.pubackMs.toFixed(1)} to PUBACK`,
    'Ratios'.padEnd(46) + ['medians', 'pairs'].map((p) => p.padStart(9)).join(''),
    ratio('to responder / Mosquitto', ratios.toldToMosquitto),
    ratio('to responder / Node-RED', ratios.toldToNodeRed),
    ratio('to PUBACK / (Mosquitto + fdatasync)', ratios.pubackToMosquittoAndSync)
  ]
}

function burstLines (bursts: readonly Bursts[]): readonly string[] {
  const columns = ['written', 'raised p50', 'p99', 'all', 'durable p50', 'p99', 'all', 'commits', 'stall']
  const head = 'Presses at once (each run; ms from the first write; a warm service)'
  const rows = bursts.flatMap(({ runs }) => runs.map((run) => {
    const values = [run.writtenMs, run.raised.p50, run.raised.p99, run.raised.max, run.durable.p50, run.durable.p99, run.durable.max, run.commits, run.stallMs]
    return `  ${String(run.presses).padStart(6)}${values.map((value, i) => value.toFixed(i === 7 ? 0 : 1).padStart(12)).join('')}`
  }))
  return ['', head, `  ${''.padStart(6)}${columns.map((name) => name.padStart(12)).join('')}`, ...rows]
}

function crowdLines (crowd: CrowdFigures): readonly string[] {
  const kb = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} KB`
  const line = (name: string, { told, puback }: CrowdFigures['alone']): string => `  ${name.padEnd(28)}to responder p50 ${told.p50.toFixed(2)} p95 ${told.p95.toFixed(2)} p99 ${told.p99.toFixed(2)}; to PUBACK p50 ${puback.p50.toFixed(2)} p95 ${puback.p95.toFixed(2)} p99 ${puback.p99.toFixed(2)}`
  return [
    '',
    `${crowd.buttons} connected buttons that beat every 30 s (connected in ${crowd.connectMs} ms)`,
    `  memory a button             ${kb(crowd.rssPerButtonBytes)} of RSS, ${kb(crowd.heapPerButtonBytes)} of it heap; longest stall ${crowd.stallMs} ms`,
    line('presses before', crowd.alone),
    line('presses with them', crowd.crowded)
  ]
}

function startLines (starts: readonly StartFigures[]): readonly string[] {
  return ['', 'Start of the process to its ready line, and to 200 of /readyz (medians)', ...starts.map(({ openAlarms, started, ready }) =>
    `  ${String(openAlarms).padStart(6)} open alarms   ${Math.round(started.p50)} ms   ${Math.round(ready.p50)} ms   (${started.samples} starts)`)]
}

function pageLines ({ slower, pages }: PagesFigures): readonly string[] {
  const floor = pages[0]?.slow.p50 ?? Number.NaN
  return ['', `From the start of a navigation until it can be used, nothing kept: CPU ${slower} times slower behind 1.6 Mbit/s and 150 ms; the same unhindered (ms)`, ...pages.map(({ name, slow, free }) =>
    `  ${name.padEnd(18)}p50 ${slow.p50.toFixed(0)}  p95 ${slow.p95.toFixed(0)}  ${(slow.p50 / floor).toFixed(2)} x the night light   unhindered p50 ${free.p50.toFixed(0)}   (${slow.samples} loads)`)]
}
