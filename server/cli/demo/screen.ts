import type { LiveWorkerAlarm } from '../../contract/live.ts'
import { table } from '../output.ts'
import type { DemoHouse, DemoRoom } from './house.ts'

const CLEAR = '\u001b[H\u001b[2J'
/** Alarms that have ended and are still listed. */
const LINES_MAX = 12

/** The terminal as a window on the house: rooms, what each button shows, who was told, receipts, times. */
export class Screen {
  readonly #write: (text: string) => void
  readonly #isTerminal: boolean
  readonly #links: string
  readonly #lines: string[] = []

  constructor (of: { write: (text: string) => void, isTerminal: boolean, links: string }) {
    this.#write = of.write
    this.#isTerminal = of.isTerminal
    this.#links = of.links
    if (!of.isTerminal) of.write(`${of.links}\n`)
  }

  /** One line per alarm that has ended. */
  ended (line: string): void {
    this.#lines.push(line)
    if (this.#lines.length > LINES_MAX) this.#lines.shift()
    if (!this.#isTerminal) this.#write(`${line}\n`)
  }

  draw (house: DemoHouse): void {
    if (!this.#isTerminal) return
    const rooms = table([['room', 'button', 'her phone shows', 'told'], ...house.rooms.map(row)])
    this.#write(`${CLEAR}${this.#links}\n\n${rooms}\n\n${this.#lines.join('\n')}\n\nCtrl-C ends it.\n`)
  }
}

function row (room: DemoRoom): string[] {
  const alarm = room.alarms.find((a) => a.ended === null) ?? null
  return [room.label, buttonWords(room), alarm === null ? 'quiet' : phaseWords(alarm), alarm === null ? '' : toldWords(alarm, room.names)]
}

function buttonWords ({ button }: DemoRoom): string {
  if (!button.isConnected) return 'not connected'
  const [light] = button.lights
  return button.holds === 0 ? 'listening' : light ?? 'sending'
}

function phaseWords (alarm: LiveWorkerAlarm): string {
  const { shown, coming, arrived } = alarm.counts
  if (arrived > 0) return 'somebody is at the door'
  if (coming > 0) return `${coming} coming`
  return alarm.phase === 'nobody-yet' ? 'nobody yet, telling on' : `shown on ${shown}`
}

function toldWords (alarm: LiveWorkerAlarm, names: ReadonlyMap<string, string>): string {
  return alarm.rows.filter((r) => r.told).map((r) => {
    const name = names.get(r.responder) ?? 'somebody'
    const said = r.answer === 'none' ? r.receipt?.level ?? 'sent' : r.answer
    const took = r.receipt === null ? '' : ` +${Math.max(0, r.receipt.at - alarm.openedAt)} ms`
    return `${name} ${said}${took}`
  }).join(', ')
}
