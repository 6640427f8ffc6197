import { ConfigRefused, maskConfig, readConfig, type Config, type Environment } from '../config/config.ts'
import { SecretForeign } from '../store/seal.ts'
import { StoreFailed, StoreRefused } from '../store/store-failed.ts'
import { readArguments, type Command } from './arguments.ts'
import { invite } from './commands/invite.ts'
import { addButton, addRoom, addVenue, listButtons, listRooms, listVenues, renewRoom, retireButton, venueHours } from './commands/places.ts'
import { backUp, restoreFrom } from './commands/copies.ts'
import { laboratory } from './commands/laboratory.ts'
import { report } from './commands/report.ts'
import { rotateKey } from './commands/rotate.ts'
import { serve } from './commands/serve.ts'
import { withPeople } from './open-people.ts'
import { say, type Output } from './output.ts'
import { EXIT, Refusal, USAGE, UsageError } from './usage.ts'

/** Runs one command line. Resolves with the exit code; `serve` and `demo` resolve when they have stopped. `env` absent: the process's own. */
export async function run (argv: readonly string[], output: Output, env?: Environment): Promise<number> {
  try {
    const command = readArguments(argv)
    if (command === 'help') {
      output.out(USAGE)
      return EXIT.ok
    }
    return await execute(command, output, env)
  } catch (error) {
    return explain(error, output)
  }
}

async function execute (command: Command, output: Output, env: Environment | undefined): Promise<number> {
  const { name } = command
  // The demonstration brings its own settings and must not touch anybody's data.
  if (name === 'demo') return (await import('./commands/demo.ts')).demo(command, output)
  const config = readConfig(env)
  if (name === 'serve') return await serve(config, output, command.json)
  if (name === 'config') showConfig(config, command, output)
  else if (name === 'backup') await backUp(config, command, output)
  else if (name === 'restore') restoreFrom(config, command, output)
  else if (name === 'rotate-key') rotateKey(config, command, output)
  else if (name === 'laboratory') await laboratory(config, command, output)
  else await change(name, command, config, output)
  return EXIT.ok
}

function showConfig (config: Config, command: Command, output: Output): void {
  const masked = maskConfig(config)
  say(output, command.json, masked, () => Object.entries(masked).map(([name, value]) => `${name}=${value === null ? '' : String(value)}`).join('\n'))
}

type PeopleCommand = Exclude<Command['name'], 'serve' | 'demo' | 'config' | 'backup' | 'restore' | 'rotate-key' | 'laboratory'>

async function change (name: PeopleCommand, command: Command, config: Config, output: Output): Promise<void> {
  await withPeople(config, async (people) => {
    const asked = { command, people, output }
    switch (name) {
      case 'venue add': return await addVenue(asked)
      case 'venue hours': return await venueHours(asked)
      case 'venue list': return listVenues(asked)
      case 'room add': return await addRoom(asked)
      case 'room list': return listRooms(asked)
      case 'room renew': return await renewRoom(asked)
      case 'button add': return await addButton(asked)
      case 'button list': return listButtons(asked)
      case 'button retire': return await retireButton(asked)
      case 'invite worker': return await invite('worker', asked)
      case 'invite technician': return await invite('technician', asked)
      case 'invite reference-person': return await invite('reference-person', asked)
      case 'invite organisation': return await invite('organisation', asked)
      case 'invite researcher': return await invite('researcher', asked)
      case 'report': return await report(asked)
    }
  })
}

/** Every failure: a stable code, what to change, and an exit code that scripts can tell apart. */
function explain (error: unknown, output: Output): number {
  if (error instanceof UsageError) {
    output.err(`${error.code}: ${error.message}\n\n${USAGE}`)
    return EXIT.usage
  }
  if (error instanceof ConfigRefused) {
    output.err(error.faults.map((fault) => `${fault.code}: ${fault.env} ${fault.says}\n`).join(''))
    return EXIT.config
  }
  // What only the broker knows of its certificate: that its time is over.
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('TLS_')) {
    output.err(`${error.message}: change VEILLEUSE_MQTTS_CERT and VEILLEUSE_MQTTS_KEY\n`)
    return EXIT.config
  }
  if (error instanceof SecretForeign) {
    output.err(`${error.code}: VEILLEUSE_SECRET (or the key file beside the data folder) is not the one that sealed this database: put that one back\n`)
    return EXIT.config
  }
  if (error instanceof Refusal || error instanceof StoreRefused || error instanceof StoreFailed) {
    output.err(`${error.code}: ${error.message}\n`)
    return EXIT.refused
  }
  const unheard = unheardOf(error)
  if (unheard !== null) {
    output.err(`LISTEN_FAILED: ${unheard}: free it, or change the setting that names it (VEILLEUSE_..._HOST, VEILLEUSE_..._PORT)\n`)
    return EXIT.refused
  }
  const { name, message, code } = error instanceof Error ? { code: 'UNEXPECTED', ...error, name: error.name, message: error.message } : { name: 'Error', message: String(error), code: 'UNEXPECTED' }
  output.err(`${String(code)}: ${name}: ${message}\n`)
  return EXIT.software
}

/** An address that is taken or not ours, told by the broker or by Node; null: something else went wrong. */
function unheardOf (error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code !== 'LISTEN_FAILED' && syscall !== 'listen' && syscall !== 'getaddrinfo') return null
  // The broker's own words begin with its code, and its cause is Node's.
  return error.cause instanceof Error ? error.cause.message : error.message
}
