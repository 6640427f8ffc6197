import { execFileSync } from 'node:child_process'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'

export type Machine = { readonly cpu: string, readonly cores: number, readonly memoryGb: number, readonly node: string, readonly os: string, readonly disk: string, readonly loadAtStart: number }

/** What a reader needs to know before comparing two runs. `folder`: where the data lies. */
export function machineOf (folder: string): Machine {
  const [cpu] = cpus()
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    os: `${platform()} ${arch()}`,
    disk: fileSystemOf(folder),
    loadAtStart: Number((loadavg()[0] ?? 0).toFixed(2))
  }
}

function fileSystemOf (folder: string): string {
  try {
    return execFileSync('df', ['--output=fstype', folder], { encoding: 'utf8' }).trim().split('\n').at(-1)?.trim() ?? 'unknown'
  } catch {
    return 'unknown'
  }
}
