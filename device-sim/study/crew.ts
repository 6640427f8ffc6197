/** Who computes: this thread, or threads of their own. Whoever asks can't tell which. */
import { Worker } from 'node:worker_threads'
import { InvalidInput } from '../invalid-input.ts'
import { computePart } from './compute.ts'
import type { Digest } from './compute.ts'
import type { Reply, WorkerData } from './part-worker.ts'

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
  const idle = Array.from({ length: workers }, () => startThread(data))
  const all = [...idle]
  return {
    size: workers,
    async compute (replication) {
      const worker = idle.pop()
      if (worker === undefined) throw new RangeError('more replications at a time than there are threads')
      const reply = await answerOf(worker, replication)
      idle.push(worker)
      if (reply.is === 'invalid') throw new InvalidInput(reply.code, reply.message)
      return reply.digest
    },
    async end () { await Promise.all(all.map((worker) => worker.terminate())) }
  }
}

function answerOf (worker: Worker, replication: number): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void => { reject(cause instanceof Error ? cause : new Error(`a thread failed: ${String(cause)}`)) }
    worker.once('error', failed)
    worker.once('message', (reply: Reply) => {
      worker.off('error', failed)
      resolve(reply)
    })
    worker.postMessage(replication)
  })
}

/** Built, the file is started as it is. From source it is TypeScript, which tsx does not load in threads on Node 20 unless it is registered inside. */
function startThread (workerData: WorkerData): Worker {
  const fromSource = import.meta.url.endsWith('.ts')
  const file = new URL(`./part-worker${fromSource ? '.ts' : '.js'}`, import.meta.url)
  const options = { workerData, execArgv: [] }
  if (!fromSource) return new Worker(file, options)
  const tsx = import.meta.resolve('tsx/esm/api')
  const boot = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}) })`
  return new Worker(boot, { ...options, eval: true })
}
