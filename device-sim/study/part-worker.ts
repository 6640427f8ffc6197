/** A thread that computes replications, one after the other, as it is told. */
import { parentPort, workerData } from 'node:worker_threads'
import { InvalidInput } from '../invalid-input.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { computePart } from './compute.ts'
import type { Digest } from './compute.ts'

export type WorkerData = { readonly scenario: Scenario, readonly sha256: string, readonly folder: string }
/** `invalid`: what the user can mend (a full disk), told in the main thread. */
export type Reply = { readonly is: 'done', readonly digest: Digest } | { readonly is: 'invalid', readonly code: string, readonly message: string }

const { scenario, sha256, folder } = workerData as WorkerData
parentPort?.on('message', (replication: number) => { parentPort?.postMessage(reply(replication)) })

function reply (replication: number): Reply {
  try {
    return { is: 'done', digest: computePart(scenario, sha256, folder, replication) }
  } catch (cause) {
    if (!(cause instanceof InvalidInput)) throw cause
    return { is: 'invalid', code: cause.code, message: cause.message }
  }
}
