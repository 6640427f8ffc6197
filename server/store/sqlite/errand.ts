import { StoreFailed, StoreRefused } from '../store-failed.ts'
import type { FailReason, RefuseCode } from '../store-failed.ts'
import { startThread } from './thread.ts'

export type Errand =
  | { readonly is: 'back-up', readonly file: string, readonly target: string, readonly at: number }
  | { readonly is: 'empty-wal', readonly file: string }

export type ErrandReply =
  | { readonly is: 'done', readonly value: boolean }
  | { readonly is: 'failed', readonly reason: FailReason, readonly message: string }
  | { readonly is: 'refused', readonly code: RefuseCode, readonly message: string }

/** Runs an errand in a thread of its own. @throws StoreFailed @throws StoreRefused */
export function runErrand (errand: Errand): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const thread = startThread('errand-worker', errand)
    thread.once('message', (reply: ErrandReply) => {
      switch (reply.is) {
        case 'done':
          resolve(reply.value)
          return
        case 'failed':
          reject(new StoreFailed(reply.message, { reason: reply.reason }))
          return
        case 'refused':
          reject(new StoreRefused(reply.code, reply.message))
          return
        default:
          reject(assertNever(reply))
      }
    })
    thread.once('error', reject)
    // After a reply this comes too late to matter.
    thread.once('exit', (code) => { reject(new StoreFailed(`The thread of an errand ended with ${code}`, { reason: 'WORKER_DIED' })) })
  })
}

function assertNever (reply: never): Error {
  return new Error(`Unknown reply ${JSON.stringify(reply)}`)
}
