import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readScenario } from '../../../device-sim/scenario/read.ts'
import { ScenarioInvalid } from '../../../device-sim/scenario/reading.ts'
import type { ScenarioFault } from '../../../device-sim/scenario/reading.ts'
import { root } from '../../runner/root.ts'

export type Shipped = { readonly name: string, readonly yaml: string }
export async function shipped (): Promise<readonly Shipped[]> {
  const folder = join(root, 'device-sim/scenarios')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort()
  return await Promise.all(files.map(async (file) => ({ name: file.slice(0, -'.yaml'.length), yaml: await readFile(join(folder, file), 'utf8') })))
}

export async function oneHouse (): Promise<string> { return (await shipped()).find(({ name }) => name === 'one-house')?.yaml ?? '' }

/** What reading this finds wrong; empty: nothing. */
export function faultsIn (yaml: string): readonly ScenarioFault[] {
  try {
    readScenario(yaml, 'study.yaml')
    return []
  } catch (fault) {
    if (fault instanceof ScenarioInvalid) return fault.faults
    throw fault
  }
}
