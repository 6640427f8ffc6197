/** The one thread that writes. The service's event loop never waits for an fsync: this thread does. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { StoreFailed, StoreRefused } from '../store-failed.ts'
import type { FailReason } from '../store-failed.ts'
import { commitBatch } from './batch.ts'
import { openDatabase } from './open.ts'
import { failReasonOf } from './sqlite-failure.ts'
import type { Reply, Request, WriterData } from './writer-messages.ts'

const { file } = workerData as WriterData
const port = parentPort
if (port === null) throw new Error('writer-worker runs as a thread')

let connection: Database | null = null

port.on('message', (request: Request) => {
  switch (request.is) {
    case 'batch':
      port.postMessage(answer(request))
      return
    case 'close':
      dropConnection()
      port.close()
      return
    default:
      assertNever(request)
  }
})

function answer ({ batch, jobs }: Extract<Request, { is: 'batch' }>): Reply {
  try {
    connection ??= openDatabase(file, { mustExist: true })
    return { is: 'committed', batch, outcomes: commitBatch(connection, jobs) }
  } catch (error) {
    // After a failed fsync nobody knows what this connection still believes; the next batch gets a fresh one.
    dropConnection()
    return { is: 'failed', batch, reason: reasonOf(error), message: error instanceof Error ? error.message : String(error) }
  }
}

function reasonOf (error: unknown): FailReason {
  if (error instanceof StoreFailed) return error.reason
  if (error instanceof StoreRefused) return 'REFUSED'
  return failReasonOf(error) ?? 'UNKNOWN'
}

function dropConnection (): void {
  const dropped = connection
  connection = null
  try {
    dropped?.close()
  } catch {
    // Closing checkpoints, and the disk that failed may fail again; what was committed is in the WAL.
  }
}

function assertNever (request: never): never {
  throw new Error(`Unknown request ${JSON.stringify(request)}`)
}
