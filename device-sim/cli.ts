#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { readArguments, USAGE } from './arguments.ts'
import { readButtons } from './enrolled-buttons.ts'
import { InvalidInput } from './invalid-input.ts'
import { Crowd } from './live/crowd.ts'
import { mqttConnect } from './live/mqtt-link.ts'
import { endWithin, wallClock } from './wall-clock.ts'

/** As the research commands promise; 2 is for a criterion that is red, which `live` has none of. */
const EXIT = { ok: 0, invalid: 1, lost: 3 } as const
/** For the buttons' goodbyes, which a dead service never acknowledges. */
const GOODBYE_MS = 2_000

async function main (argv: readonly string[]): Promise<number> {
  const wish = readArguments(argv)
  if (wish === 'help') {
    process.stdout.write(USAGE)
    return EXIT.ok
  }
  const buttons = readButtons(await given(wish.file))
  const print = (line: unknown): void => { if (process.stdout.writable) process.stdout.write(`${JSON.stringify(line)}\n`) }
  const crowd = new Crowd({ ...wish, buttons }, { connect: mqttConnect(wish.mqtt), clock: wallClock, print })
  // Whoever read the lines has gone (`| head`): nobody is told any more, so nobody presses any more.
  process.stdout.on('error', () => { crowd.stop() })
  process.once('SIGINT', () => { crowd.stop() })
  process.once('SIGTERM', () => { crowd.stop() })
  const totals = await crowd.run()
  print(totals)
  return totals.lost.length > 0 ? EXIT.lost : EXIT.ok
}

async function given (file: string | null): Promise<string> {
  try {
    return file === null ? await text(process.stdin) : await readFile(file, 'utf8')
  } catch (cause) {
    throw new InvalidInput('BUTTONS_UNREADABLE', `${file ?? 'standard input'} can't be read: ${cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed'}`)
  }
}

function explain (error: unknown): number {
  if (!(error instanceof InvalidInput)) throw error
  process.stderr.write(`${error.code}: ${error.message}\n`)
  return EXIT.invalid
}

// Without a listener a reader that has gone is a stack trace.
process.stdout.on('error', () => {})
process.exitCode = await main(process.argv.slice(2)).catch(explain)
endWithin(GOODBYE_MS)
