/** A thread that answers one point of the design after the other, as it is told. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Scenario } from '../scenario/scenario.ts'
import type { Point } from './design.ts'
import { evaluate } from './evaluate.ts'

export type PointWorkerData = { readonly scenario: Scenario, readonly replications: number }

const { scenario, replications } = workerData as PointWorkerData
parentPort?.on('message', (point: Point) => { parentPort?.postMessage(evaluate(scenario, point, replications)) })
