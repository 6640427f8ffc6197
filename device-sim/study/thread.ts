/** A thread of this program, from its sources or from what was built of them. */
import { Worker } from 'node:worker_threads'

/**
 * @param from `import.meta.url` of whoever starts it; @param name of the file beside it, without its ending.
 * Built, the file is started as it is. From source it is TypeScript, which tsx does not load in threads on Node 20 unless it is registered inside.
 */
export function startThread (from: string, name: string, workerData: unknown): Worker {
  const fromSource = from.endsWith('.ts')
  const file = new URL(`./${name}${fromSource ? '.ts' : '.js'}`, from)
  const options = { workerData, execArgv: [] }
  if (!fromSource) return new Worker(file, options)
  const tsx = import.meta.resolve('tsx/esm/api')
  const boot = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}) })`
  return new Worker(boot, { ...options, eval: true })
}

/** What the thread answers to `ask`; it does one thing at a time. */
export function answerOf<Reply> (worker: Worker, ask: unknown): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void => { reject(cause instanceof Error ? cause : new Error(`a thread failed: ${String(cause)}`)) }
    worker.once('error', failed)
    worker.once('message', (reply: Reply) => {
      worker.off('error', failed)
      resolve(reply)
    })
    worker.postMessage(ask)
  })
}
