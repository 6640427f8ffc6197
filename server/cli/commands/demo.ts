import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '../../clock/system-clock.ts'
import { readConfig } from '../../config/config.ts'
import { startService, type Service } from '../../main.ts'
import type { Command } from '../arguments.ts'
import { DemoHouse, PIN, granted, type RoomScript } from '../demo/house.ts'
import { Screen } from '../demo/screen.ts'
import { line, result, type Moments } from '../demo/timeline.ts'
import type { Output } from '../output.ts'
import { EXIT } from '../usage.ts'
import { untilAsked } from './serve.ts'

/** How long one drill may take before it counts as failed. */
const ONCE_MS = 20_000
/** Between two alarms of the living house. */
const PAUSE_MS = { least: 4_000, most: 12_000 } as const
const REDRAW_MS = 250

const quick = { showAfterMs: 60, answer: { afterMs: 900, is: 'coming', minutes: 5, arriveAfterMs: 1_500 }, overAfterMs: null } as const
const slow = { showAfterMs: 400, answer: { afterMs: 3_500, is: 'coming', minutes: 10, arriveAfterMs: 3_000 }, overAfterMs: null } as const
const cannot = { showAfterMs: 150, answer: { afterMs: 1_200, is: 'cannot' }, overAfterMs: null } as const
const asleep = { showAfterMs: 300, answer: null, overAfterMs: null } as const

const LIVING: readonly RoomScript[] = [
  { label: 'Lilac', alias: 'Lina', steps: [[{ name: 'Ana', habit: quick }, { name: 'Luc', habit: asleep }], [{ name: 'Mireille', habit: slow }]] },
  { label: 'Cedar', alias: 'Noor', steps: [[{ name: 'Sam', habit: cannot }], [{ name: 'Ivo', habit: slow }]] },
  { label: 'Willow', alias: 'Bea', steps: [[{ name: 'Katya', habit: asleep }], [{ name: 'Tom', habit: quick }]] },
  { label: 'Juniper', alias: 'Mira', yours: true, steps: [[{ name: 'Jo', habit: quick }], [{ name: 'Ada', habit: slow }]] }
]

/** A house in a temporary folder that raises alarms by itself; `--once`: one drill, and whether every link of it held. */
export async function demo (command: Command, output: Output): Promise<number> {
  // Listened for before there is anything to leave behind.
  const asked = untilAsked()
  const folder = mkdtempSync(join(tmpdir(), 'lueur-'))
  const config = readConfig({
    VEILLEUSE_DATA: join(folder, 'data'),
    VEILLEUSE_HTTP_PORT: '0',
    VEILLEUSE_MQTT_PORT: '0',
    VEILLEUSE_METRICS_PORT: '0',
    VEILLEUSE_VAPID_SUBJECT: 'mailto:postmaster@example.org',
    VEILLEUSE_LOG_LEVEL: 'error'
  })
  let service: Service | null = null
  try {
    service = await startService(config)
    return command.on('once') ? await once(service, output, asked) : await live(service, output, asked)
  } finally {
    await service?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function once (service: Service, output: Output, asked: Promise<void>): Promise<number> {
  let done: (moments: Moments) => void = () => {}
  const ended = new Promise<Moments>((resolve) => { done = resolve })
  const house = await DemoHouse.open(service, systemClock, LIVING.slice(0, 1), { changed: () => {}, ended: (moments) => { done(moments) } })
  const [room] = house.rooms
  if (room === undefined) throw new Error('the house has a room')
  house.press(room)
  const late = deferred()
  const cancel = systemClock.after(ONCE_MS, late.resolve)
  await Promise.race([ended, late.promise, asked])
  cancel()
  const moments = room.running ?? await ended
  house.close()
  output.out(`${line(moments)}\n${JSON.stringify(result(moments))}\n`)
  return result(moments).delivered ? EXIT.ok : EXIT.refused
}

async function live (service: Service, output: Output, asked: Promise<void>): Promise<number> {
  let ended: (moments: Moments) => void = () => {}
  const house = await DemoHouse.open(service, systemClock, LIVING, { changed: () => {}, ended: (moments) => { ended(moments) } })
  const screen = new Screen({ write: output.out, isTerminal: process.stdout.isTTY === true, links: await links(service, house) })
  ended = (moments) => { screen.ended(line(moments)) }
  const stopListening = letYouJoin(house, screen)
  let cancelPress = (): void => {}
  let cancelDraw = (): void => {}
  const pressLater = (): void => {
    cancelPress = systemClock.after(randomInt(PAUSE_MS.least, PAUSE_MS.most), () => {
      const room = house.quietRoom()
      if (room !== null) house.press(room)
      pressLater()
    })
  }
  const drawLater = (): void => {
    screen.draw(house)
    cancelDraw = systemClock.after(REDRAW_MS, drawLater)
  }
  // The first one soon: whoever looks wants to see something.
  const [first] = house.rooms
  if (first !== undefined) house.press(first)
  pressLater()
  drawLater()
  await asked
  cancelPress()
  cancelDraw()
  stopListening()
  house.close()
  return EXIT.ok
}

/** You are a responder too: open the page, use the code, and type the digits it shows, as she would hear them by voice. */
function letYouJoin (house: DemoHouse, screen: Screen): () => void {
  const [room] = house.rooms
  if (room === undefined) return () => {}
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (typed) => {
    const digits = typed.replaceAll(/\D/g, '')
    if (digits === '') return
    room.worker.confirm(digits).then(
      (id) => {
        if (id !== null) room.names.set(id, 'you')
        screen.ended(id === null ? 'Nobody has used the code yet.' : `${room.worker.alias} has put you in her first step.`)
      },
      (cause: unknown) => { screen.ended(`Not confirmed: ${cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed'}`) }
    )
  })
  return () => { lines.close() }
}

/** Doors for each face. */
async function links ({ origin, people }: Service, house: DemoHouse): Promise<string> {
  const invite = async (role: 'technician' | 'researcher'): Promise<string> => {
    return `${origin}/#${granted(await people.invites.make(role, house.venue)).code}`
  }
  const [room] = house.rooms
  const yours = house.rooms.find(({ words }) => words !== null)
  return [
    `worker      ${origin}/#/words`,
    `            you are ${yours?.worker.alias ?? ''} in room ${yours?.label ?? ''}, PIN ${PIN}; her words: ${yours?.words?.join(' ') ?? ''}`,
    `responder   ${origin}/r#${room === undefined ? '' : await room.worker.code()}`,
    `            pair yourself with ${room?.worker.alias ?? 'her'}, then type the six digits of the page here and press Enter`,
    `technician  ${await invite('technician')}`,
    `researcher  ${await invite('researcher')}`,
    `everything  ${origin}/api/v1/openapi.json`
  ].join('\n')
}

function deferred (): { readonly promise: Promise<void>, readonly resolve: () => void } {
  let done: () => void = () => {}
  const promise = new Promise<void>((resolve) => { done = resolve })
  return { promise, resolve: done }
}
