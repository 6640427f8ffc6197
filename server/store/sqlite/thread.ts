import { Worker } from 'node:worker_threads'

/**
 * Starts one of this folder's thread files. Built, it is started as it is. From source it is TypeScript, which tsx
 * does not load in threads on Node 20 unless it is registered inside the thread.
 */
export function startThread (name: 'writer-worker' | 'errand-worker', workerData: unknown): Worker {
  const fromSource = import.meta.url.endsWith('.ts')
  const file = new URL(`./${name}${fromSource ? '.ts' : '.js'}`, import.meta.url)
  // The parent's --import and the like are for the parent.
  const options = { workerData, execArgv: [] }
  if (!fromSource) return new Worker(file, options)
  const tsx = import.meta.resolve('tsx/esm/api')
  const boot = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}) })`
  return new Worker(boot, { ...options, eval: true })
}
