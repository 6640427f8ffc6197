/** From what the service proves to what the lamp shows. A screen without a fresh word of the service is out, whatever it knew (R19). */
import type { Ready } from '../../server/contract/readiness.ts'
import type { Key } from '../say/catalogs.ts'
import { say } from '../say/say.ts'

export type Light = 'full' | 'low' | 'ember' | 'out'
export type Sureness = 'proven' | 'weak' | 'missing'
/** `at`: when it was proven. `fresh`: its age is said in seconds. */
export type Fact = { readonly sure: Sureness, readonly what: string, readonly at: number | null, readonly fresh: boolean, readonly since: boolean }
type Code = Ready['reasons'][number]['code']
const CONDITIONS = ['press', 'heard', 'people', 'service'] as const
type Condition = typeof CONDITIONS[number]

const OF: Readonly<Record<Code, Condition>> = {
  NO_SHIFT: 'press', SHIFT_DOUBTFUL: 'press', NO_BUTTON: 'press', BUTTON_UNPROVEN: 'press', BUTTON_CHANGED: 'press',
  BUTTON_UNHEARD: 'heard', BUTTON_LATE: 'heard', BUTTON_SILENT: 'heard', BUTTON_OFF: 'heard', BUTTON_TROUBLE: 'heard', BATTERY_LOW: 'heard', BATTERY_UNKNOWN: 'heard',
  PHONE_UNHEARD: 'heard', PHONE_LATE: 'heard',
  CIRCLE_EMPTY: 'people', NOBODY_REACHABLE: 'people', ONLY_OWN_PHONE: 'people', NOBODY_AVAILABLE: 'people', DEVICE_UNPROVEN: 'people', DEVICE_PROOF_OLD: 'people', AFTER_ALARM: 'people',
  STORE_UNPROVEN: 'service', STORE_FAILING: 'service', SERVICE_LATE: 'service', SERVICE_DEAF: 'service'
}
/** With one of these, holding would reach nobody. */
const REACHES_NOBODY: ReadonlySet<Code> = new Set(['CIRCLE_EMPTY', 'NOBODY_REACHABLE', 'ONLY_OWN_PHONE'])
const SURE = { green: 'proven', amber: 'weak', red: 'missing' } as const
const RANK: Readonly<Record<Sureness, number>> = { missing: 0, weak: 1, proven: 2 }
const SINCE: ReadonlySet<Code> = new Set(['BUTTON_SILENT', 'BUTTON_OFF', 'BUTTON_UNHEARD'])

export function lightOf (ready: Ready): Light {
  switch (ready.level) {
    case 'green': return 'full'
    case 'amber': return 'low'
    case 'red': return ready.reasons.some(({ code }) => REACHES_NOBODY.has(code)) ? 'out' : 'ember'
  }
}

/** One arc a condition, the worst of it. What has no shift has no button to be heard. */
export function arcsOf ({ shift, reasons }: Ready): readonly Sureness[] {
  const worst = new Map<Condition, Sureness>(CONDITIONS.map((condition) => [condition, shift === 'none' && condition === 'heard' ? 'missing' : 'proven']))
  for (const { code, level } of reasons) {
    // A code that this page does not know is a weakness of it knows not what.
    const condition = (OF as Readonly<Record<string, Condition>>)[code] ?? 'service'
    const sure = isKnown(code) ? SURE[level] : 'weak'
    if (RANK[sure] < RANK[worst.get(condition) ?? 'proven']) worst.set(condition, sure)
  }
  return CONDITIONS.map((condition) => worst.get(condition) ?? 'missing')
}

/** What is missing first, then what is weaker, then what it stands on. */
export function factsOf (ready: Ready, now: number): readonly Fact[] {
  const { shown, reasons, night, shift } = ready
  const weak = reasons.map(({ code, level, at }): Fact => ({
    sure: weakened(code, SURE[level]), what: isKnown(code) ? say(`safety.ready.${code}`, { battery: shown.batteryPct ?? '?' }) : say('safety.ready.unknown'), at, fresh: false, since: SINCE.has(code)
  }))
  const hasTrouble = (condition: Condition): boolean => reasons.some(({ code, level }) => OF[code] === condition && level !== 'green')
  const proven: Fact[] = []
  if (shown.pressedAt !== null) proven.push(good(say('safety.ready.pressed'), shown.pressedAt))
  if (shown.heardAt !== null && !hasTrouble('heard')) proven.push({ ...good(shown.batteryPct === null ? say('safety.ready.heard') : say('safety.ready.heardBattery', { battery: shown.batteryPct }), shown.heardAt), fresh: true })
  if (shift === 'place' && !hasTrouble('heard')) proven.push({ ...good(say('safety.ready.phone'), now), fresh: true })
  if (shown.available > 0) proven.push(good(say('safety.ready.available', { count: shown.available }), now))
  const nights = ready.level === 'red' ? [] : night.ready ? [good(say('safety.ready.night'), now)] : night.reasons.map((code): Fact => ({ sure: 'weak', what: say(nightKey(code)), at: null, fresh: false, since: false }))
  return [...[...weak, ...proven].sort((a, b) => RANK[a.sure] - RANK[b.sure]), ...nights]
}

function good (what: string, at: number): Fact { return { sure: 'proven', what, at, fresh: false, since: false } }

function isKnown (code: string): code is Code { return Object.hasOwn(OF, code) }

/** Said as no weakness (another's gateway): a word, and no proof. What is unknown is never better than weak. */
function weakened (code: string, sure: Sureness): Sureness { return sure === 'proven' ? 'weak' : !isKnown(code) ? 'weak' : sure }

function nightKey (code: string): Key {
  return code === 'NIGHT_ONE_CHANNEL' ? 'safety.ready.NIGHT_ONE_CHANNEL' : code === 'NIGHT_NOTHING_RINGS' ? 'safety.ready.NIGHT_NOTHING_RINGS' : 'safety.ready.unknown'
}
