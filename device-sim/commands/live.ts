/** `device-sim live`: simulated buttons press against a running service. */
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { readButtons } from '../enrolled-buttons.ts'
import { InvalidInput } from '../invalid-input.ts'
import { Crowd } from '../live/crowd.ts'
import { mqttConnect } from '../live/mqtt-link.ts'
import { wallClock } from '../wall-clock.ts'
import { EXIT } from './command.ts'
import type { Command } from './command.ts'
import { readArguments, USAGE } from './live-arguments.ts'

export const live: Command = {
  name: 'live',
  does: 'simulated buttons press against a running service',
  usage: USAGE,
  async run (argv, io) {
    const wish = readArguments(argv)
    const buttons = readButtons(await given(wish.file))
    const print = (line: unknown): void => { io.print(JSON.stringify(line)) }
    const crowd = new Crowd({ ...wish, buttons }, { connect: mqttConnect(wish.mqtt), clock: wallClock, print })
    if (io.signal.aborted) crowd.stop()
    io.signal.addEventListener('abort', () => { crowd.stop() }, { once: true })
    const totals = await crowd.run()
    print(totals)
    return totals.lost.length > 0 ? EXIT.broken : EXIT.ok
  }
}

async function given (file: string | null): Promise<string> {
  try {
    return file === null ? await text(process.stdin) : await readFile(file, 'utf8')
  } catch (cause) {
    throw new InvalidInput('BUTTONS_UNREADABLE', `${file ?? 'standard input'} can't be read: ${cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed'}`)
  }
}
