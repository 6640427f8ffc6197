/** What is typed after an option: read, or refused with a code that names the option. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { InvalidInput } from '../invalid-input.ts'
import { didYouMean } from '../scenario/nearest.ts'

export const DAY_S = 86_400
export const LEAST_S = 0.05
const SCALE_MOST = 1_000_000

export type Options = NonNullable<ParseArgsConfig['options']>

/** Throws `InvalidInput` for an option that is unknown, lacks its value, or takes none. */
export function parse<O extends Options> (argv: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (cause) {
    throw new InvalidInput('FLAG_UNKNOWN', whatIsWrong(argv, options) ?? (cause instanceof Error ? cause.message : 'unreadable arguments'))
  }
}

/** In our words: Node's tell a programmer how to write positional arguments. */
function whatIsWrong (argv: readonly string[], options: Options): string | null {
  const known = Object.keys(options).map((name) => `--${name}`)
  for (const [i, arg] of argv.entries()) {
    if (arg === '--') return null
    if (!/^-./.test(arg)) continue
    const [flag = arg] = arg.split('=')
    const option = options[flag.slice(2)]
    if (option === undefined) return `there is no option ${flag}: ${didYouMean(flag, known)}`
    if (option.type === 'boolean' && arg.includes('=')) return `${flag} takes no value`
    if (option.type !== 'string' || arg.includes('=')) continue
    const value = argv[i + 1]
    if (value === undefined) return `${flag} needs a value`
    if (value.startsWith('-')) return known.includes(value) ? `${flag} needs a value before ${value}` : `${flag} needs a value; one that begins with a dash is written ${flag}=${value}`
  }
  return null
}

export function urlOf (given: string, flag: string, protocols: readonly string[]): string {
  const url = URL.canParse(given) ? new URL(given) : null
  if (url === null || !protocols.includes(url.protocol) || url.hostname === '' || url.username !== '' || url.password !== '') {
    throw new InvalidInput(flag === '--mqtt' ? 'MQTT_URL_INVALID' : 'HTTP_URL_INVALID', `${flag} needs ${protocols.map((protocol) => `${protocol}//host:port`).join(' or ')}, without a password`)
  }
  return given
}

export function oneOf<const Word extends string> (given: string, flag: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === given)
  if (word === undefined) throw new InvalidInput(flag === '--kind' ? 'KIND_UNKNOWN' : 'WORD_UNKNOWN', `${flag} ${JSON.stringify(given)}: ${didYouMean(given, words)}`)
  return word
}

function number (given: string): number { return /^\d+(\.\d+)?$/.test(given) ? Number(given) : NaN }

/** Seconds, as ms. */
export function ms (given: string, flag: string, leastS: number, mostS = DAY_S): number {
  const s = number(given)
  if (!(s >= leastS && s <= mostS)) throw new InvalidInput('SECONDS_INVALID', `${flag} needs seconds from ${leastS} to ${mostS}`)
  return s * 1_000
}

export function maybeMs (given: string | undefined, flag: string, leastS: number): number | null {
  return given === undefined ? null : ms(given, flag, leastS)
}

/** `20, 45.5`: seconds, as ms, rising. */
export function manyMs (given: string | undefined, flag: string): readonly number[] {
  return given === undefined ? [] : given.split(',').map((each) => ms(each.trim(), flag, 0)).sort((a, b) => a - b)
}

export function share (given: string, flag: string): number {
  const chance = number(given)
  if (!(chance <= 1)) throw new InvalidInput('CHANCE_INVALID', `${flag} needs a chance from 0 to 1`)
  return chance
}

/** `20-200`: in ms. */
export function range (given: string): { least: number, most: number } {
  const [least = NaN, most = NaN, ...more] = given.split('-').map(number)
  if (!(least <= most && most <= 60_000) || more.length > 0) throw new InvalidInput('DELAY_INVALID', '--delay-ms needs LEAST-MOST in milliseconds, up to 60000, such as 20-200')
  return { least, most }
}

/** `2-10`: in seconds, as ms. */
export function rangeMs (given: string, flag: string): readonly [number, number] {
  const [least = NaN, most = NaN, ...more] = given.split('-').map(number)
  if (!(least <= most && most <= DAY_S) || more.length > 0) throw new InvalidInput('SECONDS_INVALID', `${flag} needs LEAST-MOST in seconds, such as 2-10`)
  return [least * 1_000, most * 1_000]
}

export function whole (given: string, flag: string, most: number, least = 0): number {
  const value = /^\d+$/.test(given) ? Number(given) : NaN
  if (!(value >= least && value <= most)) throw new InvalidInput('NUMBER_INVALID', `${flag} needs a whole number from ${least} to ${most}`)
  return value
}

export function scale (given: string): number {
  const value = number(given)
  if (!(value > 0 && value <= SCALE_MOST)) throw new InvalidInput('SCALE_INVALID', `--time-scale needs a number above 0, up to ${SCALE_MOST}: 60 plays an hour in a minute`)
  return value
}
