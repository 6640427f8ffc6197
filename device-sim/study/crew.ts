/** Who computes: this thread, or threads of their own. Whoever asks can't tell which. */
import { InvalidInput } from '../invalid-input.ts'
import { computePart } from './compute.ts'
import type { Digest } from './compute.ts'
import type { Reply, WorkerData } from './part-worker.ts'
import { answerOf, startThread } from './thread.ts'

export type Crew = {
  readonly size: number
  /** Computes one replication and writes its part. At most `size` at a time. */
  readonly compute: (replication: number) => Promise<Digest>
  readonly end: () => Promise<void>
}

export function crewOf (workers: number, data: WorkerData): Crew { return workers <= 1 ? alone(data) : together(workers, data) }

function alone ({ scenario, sha256, folder }: WorkerData): Crew {
  return {
    size: 1,
    // The loop breathes between two: Ctrl-C is heard, the bar is drawn.
    compute: async (replication) => {
      await new Promise<void>((resolve) => { setImmediate(resolve) })
      return computePart(scenario, sha256, folder, replication)
    },
    end: () => Promise.resolve()
  }
}

function together (workers: number, data: WorkerData): Crew {
  const idle = Array.from({ length: workers }, () => startThread(import.meta.url, 'part-worker', data))
  const all = [...idle]
  return {
    size: workers,
    async compute (replication) {
      const worker = idle.pop()
      if (worker === undefined) throw new RangeError('more replications at a time than there are threads')
      const reply = await answerOf<Reply>(worker, replication)
      idle.push(worker)
      if (reply.is === 'invalid') throw new InvalidInput(reply.code, reply.message)
      return reply.digest
    },
    async end () { await Promise.all(all.map((worker) => worker.terminate())) }
  }
}
