import type { Config } from '../../config/config.ts'
import type { Command } from '../arguments.ts'
import { furnishLaboratory, type LaboratoryHouse } from '../laboratory/laboratory-house.ts'
import type { Output } from '../output.ts'
import { UsageError } from '../usage.ts'

const ROOMS_MAX = 10_000
const WATCHED_MAX = 2_000
/** Two: their two "it is over" end an alarm, so that the next press opens another. */
const PER_ROOM = 2

/** A house for load and study in an empty data folder, as `device-sim live` reads it: one button or responder a line, with their keys. */
export async function laboratory (config: Config, command: Command, output: Output): Promise<void> {
  const rooms = countOf(command.text('rooms'), 'rooms', 1, ROOMS_MAX)
  const watched = countOf(command.maybe('watched') ?? String(Math.min(rooms, WATCHED_MAX)), 'watched', 0, Math.min(rooms, WATCHED_MAX))
  const house = await furnishLaboratory(config, { watched, idle: rooms - watched, perRoom: PER_ROOM })
  output.out(linesOf(house).map((line) => `${JSON.stringify(line)}\n`).join(''))
}

function linesOf ({ watched, idle, responders }: LaboratoryHouse): readonly object[] {
  const watchedButton = ({ did, root, room, worker }: LaboratoryHouse['watched'][number]) => ({ did, root, room, watched: true, worker })
  const idleButton = ({ did, root, room }: LaboratoryHouse['idle'][number]) => ({ did, root, room, watched: false })
  const person = (session: string, seat: number, group: number) => ({ responder: `Responder ${group + 1}.${seat + 1}`, session })
  return [...watched.map(watchedButton), ...idle.map(idleButton), ...responders.flatMap((people, group) => people.map((session, seat) => person(session, seat, group)))]
}

function countOf (given: string, flag: string, least: number, most: number): number {
  const count = /^\d+$/.test(given) ? Number(given) : NaN
  if (!(count >= least && count <= most)) throw new UsageError('NUMBER_INVALID', `--${flag} needs a whole number from ${least} to ${most}`)
  return count
}
