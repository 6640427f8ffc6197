#!/usr/bin/env node
/** `device-sim`: the instrument of the study. Each command is a file in `commands/`. */
import { bench } from './commands/bench.ts'
import { calibrate } from './commands/calibrate.ts'
import { EXIT } from './commands/command.ts'
import type { Command, Io } from './commands/command.ts'
import { compare } from './commands/compare.ts'
import { explain } from './commands/explain.ts'
import { init } from './commands/init.ts'
import { live } from './commands/live.ts'
import { merge } from './commands/merge.ts'
import { policy } from './commands/policy.ts'
import { replay } from './commands/replay.ts'
import { report } from './commands/report.ts'
import { run } from './commands/run.ts'
import { sensitivity } from './commands/sensitivity.ts'
import { validate } from './commands/validate.ts'
import { verify } from './commands/verify.ts'
import { InvalidInput } from './invalid-input.ts'
import { didYouMean } from './scenario/nearest.ts'
import { thisProgram } from './study/provenance.ts'
import { endWithin } from './wall-clock.ts'

/** In the order in which a study uses them. */
const commands: readonly Command[] = [
  init,
  validate,
  explain,
  policy,
  run,
  sensitivity,
  merge,
  replay,
  live,
  calibrate,
  report,
  compare,
  verify,
  bench
]
/** For the buttons' goodbyes, which a dead service never acknowledges. */
const GOODBYE_MS = 2_000

function usage (): string {
  const longest = Math.max(...commands.map(({ name }) => name.length))
  return `usage: device-sim COMMAND [options]\n\n${commands.map(({ name, does }) => `  ${name.padEnd(longest)}  ${does}`).join('\n')}\n\ndevice-sim COMMAND --help tells more. Exit: 0 ok, 1 invalid input, 2 a criterion is red, 3 an invariant broke or a press was lost.\n`
}

function asksForHelp (argv: readonly string[]): boolean { return argv.includes('--help') || argv.includes('-h') }

async function main ([name, ...rest]: readonly string[], io: Io): Promise<number> {
  if (name === 'help' && rest[0] !== undefined) return await main([rest[0], '--help'], io)
  const command = commands.find((each) => each.name === name)
  if (name === undefined || name === 'help' || (command === undefined && asksForHelp([name]))) {
    io.print(usage().trimEnd())
    return EXIT.ok
  }
  if (name === '--version') {
    io.print(thisProgram().version)
    return EXIT.ok
  }
  if (command === undefined) throw new InvalidInput('COMMAND_UNKNOWN', `there is no command ${JSON.stringify(name)}: ${didYouMean(name, commands.map((each) => each.name))}`)
  if (asksForHelp(rest)) {
    io.print(command.usage.trimEnd())
    return EXIT.ok
  }
  return await command.run(rest, io)
}

function said (error: unknown): number {
  if (!(error instanceof InvalidInput)) throw error
  process.stderr.write(`${error.code}: ${error.message}\n`)
  return EXIT.invalid
}

const stop = new AbortController()
// Whoever read the lines has gone (`| head`): nobody is told any more. Without a listener it is a stack trace.
process.stdout.on('error', () => { stop.abort() })
process.once('SIGINT', () => { stop.abort() })
process.once('SIGTERM', () => { stop.abort() })
const io: Io = {
  print: (line) => { if (process.stdout.writable) process.stdout.write(`${line}\n`) },
  tell: (line) => { process.stderr.write(`${line}\n`) },
  isTerminal: process.stderr.isTTY,
  width: process.stderr.columns ?? 80,
  signal: stop.signal
}
process.exitCode = await main(process.argv.slice(2), io).catch(said)
endWithin(GOODBYE_MS)
