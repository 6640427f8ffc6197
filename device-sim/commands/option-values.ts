/** What is typed after an option: read, or refused with a code that names the option. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { InvalidInput } from '../invalid-input.ts'

export const DAY_S = 86_400
export const LEAST_S = 0.05
const SCALE_MOST = 1_000_000

export type Options = NonNullable<ParseArgsConfig['options']>

export function parse<O extends Options> (argv: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (cause) {
    throw new InvalidInput('FLAG_UNKNOWN', cause instanceof Error ? cause.message : 'unreadable arguments')
  }
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
  if (word === undefined) throw new InvalidInput(flag === '--kind' ? 'KIND_UNKNOWN' : 'WORD_UNKNOWN', `${flag} is one of ${words.join(', ')}`)
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
