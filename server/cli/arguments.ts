import { parseArgs } from 'node:util'
import { UsageError } from './usage.ts'

type Flags = Readonly<Record<string, 'text' | 'switch'>>

/** Every command, its words, its flags and which of them it can't do without. */
const COMMANDS = {
  serve: { flags: {}, needs: [], rest: 0 },
  demo: { flags: { once: 'switch' }, needs: [], rest: 0 },
  'venue add': { flags: { name: 'text', regime: 'text', region: 'text' }, needs: ['name', 'regime'], rest: 0 },
  'venue hours': { flags: { venue: 'text', set: 'text', always: 'switch' }, needs: ['venue'], rest: 0 },
  'venue list': { flags: {}, needs: [], rest: 0 },
  'room add': { flags: { venue: 'text', name: 'text', address: 'text' }, needs: ['venue', 'name'], rest: 0 },
  'room list': { flags: { venue: 'text' }, needs: ['venue'], rest: 0 },
  'room renew': { flags: { venue: 'text', room: 'text' }, needs: ['venue', 'room'], rest: 0 },
  'button add': { flags: { venue: 'text', room: 'text' }, needs: ['venue', 'room'], rest: 0 },
  'button list': { flags: { venue: 'text' }, needs: ['venue'], rest: 0 },
  'button retire': { flags: { venue: 'text', did: 'text' }, needs: ['venue', 'did'], rest: 0 },
  'invite worker': { flags: { venue: 'text' }, needs: ['venue'], rest: 0 },
  'invite technician': { flags: { venue: 'text' }, needs: ['venue'], rest: 0 },
  'invite reference-person': { flags: { venue: 'text' }, needs: ['venue'], rest: 0 },
  'invite organisation': { flags: { venue: 'text' }, needs: ['venue'], rest: 0 },
  'invite researcher': { flags: {}, needs: [], rest: 0 },
  report: { flags: { year: 'text', out: 'text', language: 'text' }, needs: ['year'], rest: 0 },
  backup: { flags: {}, needs: [], rest: 1 },
  restore: { flags: { old: 'switch' }, needs: [], rest: 1 },
  'rotate-key': { flags: { 'new-key-file': 'text' }, needs: [], rest: 0 },
  laboratory: { flags: { rooms: 'text', watched: 'text' }, needs: ['rooms'], rest: 0 },
  config: { flags: {}, needs: [], rest: 0 }
} as const satisfies Record<string, { flags: Flags, needs: readonly string[], rest: number }>

export type CommandName = keyof typeof COMMANDS
export type Command = {
  readonly name: CommandName
  readonly text: (flag: string) => string
  readonly maybe: (flag: string) => string | null
  readonly on: (flag: string) => boolean
  readonly rest: readonly string[]
  readonly json: boolean
}

/** Names go to terminals, tables and screens as they are: one line each. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u

/** Reads a command line; throws `UsageError` that names what to change. */
export function readArguments (typed: readonly string[]): Command | 'help' {
  const argv = typed[0] === '--json' ? [...typed.slice(1), '--json'] : typed
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h') || argv[0] === 'help') return 'help'
  const name = nameOf(argv)
  const { flags, needs, rest } = COMMANDS[name]
  const words = name.split(' ').length
  const { values, positionals } = parse(name, argv.slice(words), flags)
  const missing = needs.filter((flag) => textOf(values[flag]) === null)
  if (missing.length > 0) throw new UsageError('FLAG_MISSING', `${name} needs ${missing.map((f) => `--${f}`).join(' and ')}`)
  for (const [flag, value] of Object.entries(values)) {
    if (typeof value === 'string' && CONTROL.test(value)) throw new UsageError('FLAG_UNFIT', `${name}: --${flag} holds a line break or another control character`)
  }
  if (positionals.length !== rest) {
    throw new UsageError('ARGUMENT_COUNT', rest === 0 ? `${name} takes no argument ${JSON.stringify(positionals[0])}` : `${name} needs one FILE`)
  }
  return {
    name,
    text: (flag) => textOf(values[flag]) ?? '',
    maybe: (flag) => textOf(values[flag]),
    on: (flag) => values[flag] === true,
    rest: positionals,
    json: values['json'] === true
  }
}

function nameOf (argv: readonly string[]): CommandName {
  const words = argv.filter((word) => !word.startsWith('-'))
  for (const name of [words.slice(0, 2).join(' '), words[0] ?? '']) {
    if (Object.hasOwn(COMMANDS, name) && argv.slice(0, name.split(' ').length).join(' ') === name) return name as CommandName
  }
  throw new UsageError('COMMAND_UNKNOWN', `there is no command ${JSON.stringify(words.slice(0, 2).join(' '))}`)
}

type Values = Record<string, string | boolean | undefined>

function parse (name: CommandName, args: readonly string[], flags: Flags): { values: Values, positionals: string[] } {
  const options = Object.fromEntries(Object.entries<'text' | 'switch'>({ ...flags, json: 'switch' })
    .map(([flag, kind]) => [flag, { type: kind === 'text' ? 'string' as const : 'boolean' as const }]))
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { values: values as Values, positionals }
  } catch (cause) {
    // Node goes on to explain how to type an argument that begins with a dash; no command here takes one.
    const says = cause instanceof Error ? cause.message.split('. ')[0] : 'unreadable arguments'
    throw new UsageError('FLAG_UNKNOWN', `${name}: ${says}`)
  }
}

function textOf (value: string | boolean | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
