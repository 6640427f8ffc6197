/** Every press's times in a file, one JSON object a line: what `device-sim calibrate` reads. A full disk ends the capture, and nothing else. */
import { createWriteStream, type WriteStream } from 'node:fs'
import { InvalidInput } from '../invalid-input.ts'
import type { PressRecord } from './account.ts'

/** A disk that is so far behind has failed, whatever it says. */
const BEHIND_MOST_BYTES = 64 * 1024 * 1024

/** `planned_ms`, `pressed_ms`: since the start of the run. The others: how long it took. null: it did not happen. */
export function captured (record: PressRecord): Readonly<Record<string, string | number | boolean | null>> {
  const since = (from: number | null, to: number | null): number | null => from === null || to === null ? null : thousandths(to - from)
  const { plannedMs, pressedMs, sentMs, pubackMs, toldMs, litMs } = record
  return {
    press: record.nth, button: record.button, room: record.room, event: record.event, kind: record.kind,
    planned_ms: thousandths(plannedMs), pressed_ms: thousandths(pressedMs),
    planned_to_puback_ms: since(plannedMs, pubackMs), planned_to_told_ms: since(plannedMs, toldMs), planned_to_light_ms: since(plannedMs, litMs),
    pressed_to_sent_ms: since(pressedMs, sentMs), sent_to_puback_ms: since(sentMs, pubackMs),
    sendings: record.sent, after_idle: record.afterIdle, offline: record.offline, joined: record.joined
  }
}

export class Capture {
  readonly #stream: WriteStream
  /** Why it ended early, as the system's code. */
  fault: string | null = null

  private constructor (stream: WriteStream) { this.#stream = stream }

  /** @throws InvalidInput CAPTURE_UNWRITABLE */
  static async open (file: string, header: Readonly<Record<string, unknown>>): Promise<Capture> {
    const stream = createWriteStream(file)
    await new Promise<void>((resolve, reject) => {
      stream.once('open', () => { resolve() })
      stream.once('error', (cause: NodeJS.ErrnoException) => { reject(new InvalidInput('CAPTURE_UNWRITABLE', `${file} can't be written: ${cause.code ?? 'failed'}`)) })
    })
    const capture = new Capture(stream)
    stream.on('error', (cause: NodeJS.ErrnoException) => { capture.fault ??= cause.code ?? 'FAILED' })
    capture.#line({ what: 'capture', version: 1, ...header })
    return capture
  }

  write (record: PressRecord): void { this.#line(captured(record)) }

  /** Resolves when what could be written is, with what went wrong. */
  async close (): Promise<string | null> {
    if (this.fault === null) {
      await new Promise<void>((resolve) => {
        this.#stream.once('close', resolve)
        this.#stream.end()
      })
    }
    return this.fault
  }

  #line (line: object): void {
    if (this.fault !== null) return
    if (this.#stream.writableLength > BEHIND_MOST_BYTES) {
      this.fault = 'DISK_BEHIND'
      this.#stream.destroy()
    } else this.#stream.write(`${JSON.stringify(line)}\n`)
  }
}

function thousandths (ms: number): number { return Math.round(ms * 1_000) / 1_000 }
