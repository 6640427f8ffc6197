import type { Worker } from 'node:worker_threads'
import type { Cancel, Clock } from '../../clock/clock.ts'
import { OperationBroken, StoreFailed } from '../store-failed.ts'
import type { FailReason } from '../store-failed.ts'
import type { OperationArgs, OperationName, OperationResult } from './operations.ts'
import { startThread } from './thread.ts'
import { rankOf, WriteQueue } from './write-queue.ts'
import type { JobOutcome, Reply, Request, WriterData } from './writer-messages.ts'

/** A disk that has not answered a batch for this long hangs. Longer than SQLite's own wait for a lock. */
export const HUNG_AFTER_MS = 5_000
/** Threads that hang in the kernel cannot be ended, only left behind; beyond this no fresh one is tried. */
const LEFT_BEHIND_MAX = 3

type Waiting = {
  readonly operation: OperationName
  readonly args: unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

type Flight = { readonly batch: number, readonly jobs: readonly Waiting[], readonly cancelLimit: Cancel }

export type WriterStats = {
  /** Transactions that reached the disk; each is one fsync. */
  readonly commits: number
  /** Operations in them. */
  readonly operations: number
  /** Batches that the disk refused or did not answer. */
  readonly failures: number
  /** Operations that wait at this moment, those in flight included. */
  readonly waiting: number
}

/**
 * The main thread's side of the one writer thread. Everything that arrives while a batch is on its way to the disk
 * goes together in the next one. A thread that died or hangs is replaced at the next batch.
 */
export class Writer {
  readonly #file: string
  readonly #clock: Clock
  readonly #queue = new WriteQueue<Waiting>()
  #thread: Worker | null = null
  #flight: Flight | null = null
  /** Goes next, alone. */
  #again: readonly Waiting[] = []
  #leftBehind = 0
  #batch = 0
  #flushing = false
  #closed = false
  #drained: (() => void) | null = null
  readonly #count = { commits: 0, operations: 0, failures: 0 }

  constructor (file: string, clock: Clock) {
    this.#file = file
    this.#clock = clock
  }

  /**
   * Resolves with the operation's value after COMMIT has returned. Operations of one domain run in the order of
   * their calls; an `alarm.` one may overtake others.
   * @throws StoreFailed always within a bounded time, hung disk or not: trying again is right
   * @throws OperationBroken a fault of ours: the operation threw
   */
  run<Name extends OperationName> (operation: Name, args: OperationArgs<Name>): Promise<OperationResult<Name>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new StoreFailed('The store is closed', { reason: 'CLOSED' }))
        return
      }
      const waiting = { operation, args, resolve: resolve as (value: unknown) => void, reject }
      if (!this.#queue.push(waiting)) {
        reject(new StoreFailed(`Too many writes wait for the disk: ${operation} was refused`, { reason: 'QUEUE_FULL' }))
        return
      }
      this.#flushSoon()
    })
  }

  get stats (): WriterStats {
    return { ...this.#count, waiting: this.#queue.size + (this.#flight?.jobs.length ?? 0) }
  }

  /** Takes nothing new, lets what waits reach the disk (or fail), then ends the thread. */
  async close (): Promise<void> {
    this.#closed = true
    if (this.#flight !== null || this.#queue.size > 0) await new Promise<void>((resolve) => { this.#drained = resolve })
    const thread = this.#thread
    this.#thread = null
    if (thread === null) return
    const ended = new Promise<'ended'>((resolve) => { thread.once('exit', () => { resolve('ended') }) })
    thread.postMessage({ is: 'close' } satisfies Request)
    // Closing checkpoints: on a hung disk a graceful stop would never end.
    if (await this.#within(ended) === 'hung') this.#leaveBehind(thread)
  }

  #within (ended: Promise<'ended'>): Promise<'ended' | 'hung'> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(HUNG_AFTER_MS, () => { resolve('hung') })
      void ended.then(() => {
        cancel()
        resolve('ended')
      })
    })
  }

  /** At the end of the microtasks, so that what one tick wrote goes together. */
  #flushSoon (): void {
    if (this.#flushing || this.#flight !== null) return
    this.#flushing = true
    queueMicrotask(() => {
      this.#flushing = false
      this.#flush()
    })
  }

  #flush (): void {
    if (this.#flight !== null) return
    const jobs = this.#again.length > 0 ? this.#again : this.#queue.take()
    this.#again = []
    if (jobs.length === 0) {
      this.#drained?.()
      return
    }
    if (this.#thread === null && this.#leftBehind >= LEFT_BEHIND_MAX) {
      this.#fail([...jobs, ...this.#queue.takeAll()], 'HUNG', 'The disk does not answer')
      this.#drained?.()
      return
    }
    this.#thread ??= this.#start()
    const batch = ++this.#batch
    this.#flight = { batch, jobs, cancelLimit: this.#clock.after(HUNG_AFTER_MS, () => { this.#hung(batch) }) }
    this.#post(this.#thread, batch, jobs)
  }

  #post (thread: Worker, batch: number, jobs: readonly Waiting[]): void {
    const request: Request = { is: 'batch', batch, jobs: jobs.map(({ operation, args }) => ({ operation, args })) }
    try {
      thread.postMessage(request)
    } catch (error) {
      // Somebody's arguments cannot be cloned: theirs alone must fail.
      const [sound, broken] = partition(jobs, ({ args }) => isCloneable(args))
      this.#land()
      for (const job of broken) job.reject(new OperationBroken(job.operation, { cause: error }))
      this.#queue.putBack(sound)
      this.#flushSoon()
    }
  }

  #start (): Worker {
    const thread = startThread('writer-worker', { file: this.#file } satisfies WriterData)
    thread.on('message', (reply: Reply) => { if (thread === this.#thread) this.#replied(reply) })
    thread.on('error', (error) => { this.#died(thread, error) })
    thread.on('exit', (code) => { this.#died(thread, new Error(`The writer's thread ended with ${code}`)) })
    return thread
  }

  #replied (reply: Reply): void {
    const jobs = this.#land()
    switch (reply.is) {
      case 'committed':
        this.#count.commits++
        this.#count.operations += jobs.length
        settle(jobs, reply.outcomes)
        break
      case 'failed':
        this.#refused(jobs, reply)
        break
      default:
        assertNever(reply)
    }
    this.#flush()
  }

  /** An alarm must not fail for the size of somebody's settings: the urgent ones of a mixed batch go once more, alone. */
  #refused (jobs: readonly Waiting[], { reason, message }: { readonly reason: FailReason, readonly message: string }): void {
    const [people, urgent] = partition(jobs, ({ operation }) => rankOf(operation) === 'people')
    const mixed = people.length > 0 && urgent.length > 0
    this.#fail(mixed ? people : jobs, reason, message)
    if (mixed) this.#again = urgent
  }

  /** `error` comes first and brings the reason, `exit` always follows. */
  #died (thread: Worker, cause: unknown): void {
    if (thread !== this.#thread) return
    this.#thread = null
    this.#fail(this.#land(), 'WORKER_DIED', 'The writer\'s thread died', cause)
    this.#flush()
  }

  #hung (batch: number): void {
    if (this.#flight?.batch !== batch) return
    const thread = this.#thread
    this.#thread = null
    this.#fail([...this.#land(), ...this.#queue.takeAll()], 'HUNG', `The disk did not answer for ${HUNG_AFTER_MS} ms`)
    if (thread !== null) this.#leaveBehind(thread)
    this.#drained?.()
  }

  #leaveBehind (thread: Worker): void {
    this.#leftBehind++
    thread.once('exit', () => { this.#leftBehind-- })
    thread.unref()
    // Takes effect when the kernel lets the thread go: it then ends without committing what we called failed.
    thread.terminate().catch(() => undefined)
  }

  #land (): readonly Waiting[] {
    const landed = this.#flight
    this.#flight = null
    landed?.cancelLimit()
    return landed?.jobs ?? []
  }

  #fail (jobs: readonly Waiting[], reason: FailReason, message: string, cause?: unknown): void {
    if (jobs.length === 0) return
    this.#count.failures++
    for (const job of jobs) job.reject(new StoreFailed(message, { reason, cause }))
  }
}

function settle (jobs: readonly Waiting[], outcomes: readonly JobOutcome[]): void {
  for (const [index, job] of jobs.entries()) {
    const outcome = outcomes[index]
    if (outcome?.is === 'done') job.resolve(outcome.value)
    else job.reject(new OperationBroken(job.operation, { cause: outcome?.stack }))
  }
}

function isCloneable (args: unknown): boolean {
  try {
    structuredClone(args)
    return true
  } catch {
    return false
  }
}

function partition<T> (items: readonly T[], belongs: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter((item) => belongs(item)), items.filter((item) => !belongs(item))]
}

function assertNever (reply: never): never {
  throw new Error(`Unknown reply ${JSON.stringify(reply)}`)
}
