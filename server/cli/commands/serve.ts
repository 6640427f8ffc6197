import type { Config } from '../../config/config.ts'
import { startService, type Service } from '../../main.ts'
import type { Output } from '../output.ts'
import { EXIT } from '../usage.ts'

const HOW_TO_BEGIN = `No venue yet. In another terminal, with the same environment:
  npx veilleuse venue add --name NAME --regime independent
  npx veilleuse room add --venue NAME --name ROOM
  npx veilleuse button add --venue NAME --room ROOM
  npx veilleuse invite worker --venue NAME
`

/** Runs until it is asked to stop (SIGTERM, SIGINT). */
export async function serve (config: Config, output: Output, json: boolean): Promise<number> {
  const asked = untilAsked()
  const service = await startService(config)
  output.out(json ? `${JSON.stringify(where(service))}\n` : words(service))
  if (!json && service.people.venues.list().length === 0) output.out(HOW_TO_BEGIN)
  await asked
  await service.stop()
  return EXIT.ok
}

function where ({ origin, ports }: Service): object { return { ready: true, origin, ports } }

function words ({ origin, ports }: Service): string {
  return [
    `people   ${origin}`,
    `buttons  mqtt port ${ports.mqtt}${ports.mqtts === null ? '' : `, mqtts port ${ports.mqtts}`}`,
    `metrics  http://127.0.0.1:${ports.metrics}/metrics`,
    ''
  ].join('\n')
}

/** A second signal is left to the system: it ends a stop that hangs. */
export function untilAsked (): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => { resolve() })
  })
}
