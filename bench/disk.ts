/** One fdatasync of the same disk, in a process of its own so that nothing of ours stands in its way. */
import { fork } from 'node:child_process'
import { join } from 'node:path'

export type Disk = { /** Appends 4 KB and syncs them; how long that took, ms. */ readonly sync: () => Promise<number>, readonly stop: () => void }

export function openDisk (folder: string): Disk {
  const child = fork(join(import.meta.dirname, 'disk-child.ts'), [join(folder, 'synced')], { execArgv: ['--import=tsx'] })
  return {
    sync: () => new Promise((resolve, reject) => {
      const ended = (): void => { reject(new Error('the disk process ended')) }
      child.once('exit', ended)
      child.once('message', (took) => {
        child.off('exit', ended)
        resolve(took as number)
      })
      child.send('sync')
    }),
    stop: () => { child.disconnect() }
  }
}
