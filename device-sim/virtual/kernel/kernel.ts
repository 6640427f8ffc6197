/** A virtual clock and what is to happen. Knows no alarm: queues at a counter run on it as well (`verify`, `bench`). */
import { EventQueue } from './queue.ts'
import type { Handle } from './queue.ts'

export class Kernel {
  readonly #queue = new EventQueue()
  #now = 0
  #events = 0

  /** Virtual time, in whatever unit the model uses. Never goes back. */
  get now (): number { return this.#now }
  /** How many events have happened. */
  get events (): number { return this.#events }
  /** How many are to come. */
  get waiting (): number { return this.#queue.size }

  /** What is in the past happens now: time never goes back. */
  at<Subject> (time: number, action: (subject: Subject) => void, subject: Subject): Handle {
    return this.#queue.add(time < this.#now ? this.#now : time, action, subject)
  }

  after<Subject> (delay: number, action: (subject: Subject) => void, subject: Subject): Handle {
    return this.at(this.#now + delay, action, subject)
  }

  cancel (handle: Handle): boolean { return this.#queue.cancel(handle) }

  /** Everything up to and at `until`, in order; then it is `until`, or, without one, as late as the last event. */
  run (until = Infinity): void {
    const queue = this.#queue
    while (queue.nextAt <= until && queue.take()) {
      this.#now = queue.at
      this.#events++
      queue.action?.(queue.subject as never)
    }
    if (until < Infinity && until > this.#now) this.#now = until
  }
}
