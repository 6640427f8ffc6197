/** What crosses between the writer and its thread. Everything survives a structured clone. */
import type { FailReason } from '../store-failed.ts'

export type WriterData = { readonly file: string }

export type Job = { readonly operation: string, readonly args: unknown }

export type Request =
  /** One batch is one transaction is one fsync. */
  | { readonly is: 'batch', readonly batch: number, readonly jobs: readonly Job[] }
  | { readonly is: 'close' }

export type JobOutcome =
  | { readonly is: 'done', readonly value: unknown }
  /** The operation threw: only this one was undone. `stack` is for the log. */
  | { readonly is: 'broken', readonly stack: string }

export type Reply =
  /** COMMIT has returned. One outcome a job, in order. */
  | { readonly is: 'committed', readonly batch: number, readonly outcomes: readonly JobOutcome[] }
  /** Nothing of the batch was committed. */
  | { readonly is: 'failed', readonly batch: number, readonly reason: FailReason, readonly message: string }
