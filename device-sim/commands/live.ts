/** `device-sim live`: simulated buttons press against a running service, or against one that this command starts and kills. */
import { writeFile } from 'node:fs/promises'
import { InvalidInput } from '../invalid-input.ts'
import { Capture } from '../live/capture.ts'
import { readHouse, type House } from '../live/house-file.ts'
import { asHtml, asMarkdown, asText, type LiveRun } from '../live/live-report.ts'
import { runLive } from '../live/live-run.ts'
import { pressPlan, replayPlan, roomsOf, type PressPlan, type VirtualPress } from '../live/press-plan.ts'
import { readVirtualPresses } from '../live/replay-source.ts'
import { ServiceChild } from '../live/service-child.ts'
import { readText, readTextFile, TABLE_MOST_BYTES } from '../text-file.ts'
import { wallClock } from '../wall-clock.ts'
import { EXIT } from './command.ts'
import type { Command, Io } from './command.ts'
import { readArguments, USAGE, WATCHED_UNASKED, type LiveWish } from './live-arguments.ts'

export const live: Command = {
  name: 'live',
  does: 'simulated buttons press against a running service',
  usage: USAGE,
  async run (argv, io) {
    const wish = readArguments(argv)
    const replay = wish.replay === null ? null : await readVirtualPresses(wish.replay.folder, wish.replay.policy, wish.replay.replication)
    const service = wish.service === null ? null : await ServiceChild.prepare(wish.service.command)
    try {
      const house = service === null ? readHouse(await given(wish.file)) : await ownHouse(service, wish, replay)
      const plan = planOf(wish, house, replay)
      await service?.start()
      return await end(wish, io, await measured(wish, io, { house, plan, service }))
    } finally {
      await service?.remove()
    }
  }
}

async function given (file: string | null): Promise<string> {
  const read = file === null ? await readText(process.stdin, TABLE_MOST_BYTES) : await readTextFile(file, TABLE_MOST_BYTES)
  if (!read.ok) throw new InvalidInput('BUTTONS_UNREADABLE', `${file ?? 'standard input'} can't be read: ${read.why}`)
  return read.text
}

/** A replay brings as many rooms as pressed, unless more are asked for. */
async function ownHouse (service: ServiceChild, { service: wish }: LiveWish, replay: readonly VirtualPress[] | null): Promise<House> {
  const rooms = Math.max(wish?.buttons ?? 0, replay === null ? 0 : roomsOf(replay).length)
  return readHouse(await service.ask(`laboratory --rooms ${rooms} --watched ${wish?.watched ?? Math.min(rooms, WATCHED_UNASKED)}`))
}

function planOf (wish: LiveWish, house: House, replay: readonly VirtualPress[] | null): PressPlan {
  const buttons = house.buttons.length
  return replay === null
    ? pressPlan({ ...wish, buttons })
    : replayPlan(replay, { fromS: wish.replay?.fromS ?? 0, forMs: wish.forMs, timeScale: wish.timeScale, buttons })
}

type Parts = { readonly house: House, readonly plan: PressPlan, readonly service: ServiceChild | null }

async function measured (wish: LiveWish, io: Io, parts: Parts): Promise<LiveRun> {
  const { seed, timeScale } = wish
  const capture = wish.capture === null ? null : await Capture.open(wish.capture, { seed, timeScale, pace: paceOf(wish) })
  const run = await runLive({ ...wish, ...parts, pace: paceOf(wish), ...(wish.service === null ? {} : { kills: { atMs: wish.service.killsMs, everyMs: wish.service.killEveryMs, downMs: wish.service.downMs } }) }, {
    clock: wallClock,
    signal: io.signal,
    print: wish.json ? (line) => { io.print(JSON.stringify(line)) } : () => {},
    settled: (record) => { capture?.write(record) },
    progress: (line) => { if (io.isTerminal && !wish.json) process.stderr.write(`\r${line.slice(0, io.width - 1).padEnd(io.width - 1)}`) }
  })
  if (io.isTerminal && !wish.json) process.stderr.write(`\r${' '.repeat(io.width - 1)}\r`)
  return { ...run, captureFault: await capture?.close() ?? null }
}

async function end (wish: LiveWish, io: Io, run: LiveRun): Promise<number> {
  const { totals, ...about } = run
  io.print(wish.json ? JSON.stringify({ ...totals, ...about }) : asText(run))
  if (wish.report !== null) await written(wish.report, wish.report.endsWith('.md') ? asMarkdown(run) : asHtml(run), io)
  if (totals.lostCount + totals.duplicated.length > 0) return EXIT.broken
  return totals.interrupted ? EXIT.interrupted : EXIT.ok
}

/** What was measured is printed already: a full disk loses only the file. */
async function written (file: string, content: string, io: Io): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (cause) {
    io.tell(`REPORT_UNWRITABLE: ${file} is not written: ${cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed'}`)
  }
}

function paceOf ({ stages, arrivals, pressEveryMs, replay, kind }: LiveWish): string {
  if (replay !== null) return `the presses of replication ${replay.replication} of ${replay.folder}${replay.policy === null ? '' : `, policy ${replay.policy}`}`
  if (stages === null) return `each button every ${pressEveryMs / 1_000} s, kind ${kind}`
  return `${arrivals} arrivals, kind ${kind}: ${stages.map(({ perS, forS }) => `${Number(perS.toPrecision(4))}/s for ${forS} s`).join(', ')}`
}
