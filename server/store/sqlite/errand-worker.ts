/** One errand that blocks for long (a backup, emptying the WAL), away from the event loop and from the writer. */
import { parentPort, workerData } from 'node:worker_threads'
import { StoreFailed, StoreRefused } from '../store-failed.ts'
import { backUp } from './backup.ts'
import { emptyWal } from './erase.ts'
import type { Errand, ErrandReply } from './errand.ts'

parentPort?.postMessage(answer(workerData as Errand))

function answer (errand: Errand): ErrandReply {
  try {
    return { is: 'done', value: run(errand) }
  } catch (error) {
    if (error instanceof StoreFailed) return { is: 'failed', reason: error.reason, message: error.message }
    if (error instanceof StoreRefused) return { is: 'refused', code: error.code, message: error.message }
    throw error
  }
}

function run (errand: Errand): boolean {
  switch (errand.is) {
    case 'back-up':
      backUp(errand.file, errand.target, errand.at)
      return true
    case 'empty-wal':
      return emptyWal(errand.file)
    default:
      return assertNever(errand)
  }
}

function assertNever (errand: never): never {
  throw new Error(`Unknown errand ${JSON.stringify(errand)}`)
}
