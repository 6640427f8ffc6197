/** From the start of the process to readiness, with nothing open and with many alarms that go on. */
import { spreadOf, type Spread } from './figures.ts'
import { startBenchService } from './service.ts'

export type StartFigures = { readonly openAlarms: number, /** The ready line: buttons and people can connect. */ readonly started: Spread, /** `/readyz` says 200. */ readonly ready: Spread }

/** One start on a disk of its own, and the end of it. */
export async function measureStart (built: string, data: string, secret: string): Promise<{ readonly startedMs: number, readonly readyMs: number, readonly openAlarms: number }> {
  const service = await startBenchService(built, data, secret)
  const { alarms } = await service.metrics()
  await service.stop()
  return { startedMs: service.startedMs, readyMs: service.readyMs, openAlarms: alarms }
}

export function startsOf (runs: ReadonlyArray<Awaited<ReturnType<typeof measureStart>>>): StartFigures {
  return { openAlarms: runs[0]?.openAlarms ?? 0, started: spreadOf(runs.map((run) => run.startedMs)), ready: spreadOf(runs.map((run) => run.readyMs)) }
}
