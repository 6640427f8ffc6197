/**
 * R19: would a press work right now, proven? Pure: from facts to green, amber or red. What is missing is red, what is
 * weaker is amber with its age; green has every proof, and fresh. Never better for having less.
 */
import { SILENT_AFTER_BEATS } from '../../../firmware-protocol/limits.ts'
import { BATTERY_PCT_MIN, BEAT_GRACE_MS, DEVICE_PROOF_MS, PHONE_FRESH_MS, PHONE_SILENT_MS } from '../limits.ts'
import type { ButtonFact, Facts, Level, NightCode, PersonFact, Proof, Readiness, Reason, ReasonCode } from './facts.ts'

const SECOND_MS = 1_000
const RANK: Readonly<Record<Level, number>> = { green: 0, amber: 1, red: 2 }

export function judge (facts: Facts): Readiness {
  const button = bestButton(facts.buttons)
  const people = ofPeople(facts)
  const reasons = [...ofShift(facts), ...ofRaising(facts), ...people, ...ofService(facts)]
  const good = facts.people.filter((person) => worst(ofPerson(person)) === 'green')
  const night = nightReasons(good)
  const level = worst(reasons)
  return {
    shift: facts.shift,
    level,
    reasons,
    night: { ready: level === 'green' && night.length === 0, reasons: night },
    shown: {
      pressedAt: button?.pressed?.at ?? null,
      heardAt: button?.beat?.at ?? null,
      batteryPct: button?.batteryPct ?? null,
      available: facts.alarmEndedAt === null ? good.length : 0
    }
  }
}

/**
 * In how many ms time alone may change the judgement: each proof ages past its next bound. null: never.
 */
export function changesInMs (facts: Facts): number | null {
  const waits = [
    ...facts.buttons.flatMap(({ beat, beatS }) => nextBounds(beat, [lateMs(beatS), silentMs(beatS)])),
    ...nextBounds(facts.phone, [PHONE_FRESH_MS, PHONE_SILENT_MS]),
    ...facts.people.flatMap(({ answered }) => nextBounds(answered, [DEVICE_PROOF_MS])),
    ...facts.people.flatMap(({ availableMs }) => availableMs ?? [])
  ]
  return waits.length === 0 ? null : Math.min(...waits)
}

export function isWorse (a: Readiness, b: Readiness): boolean { return RANK[a.level] > RANK[b.level] }

/** Two judgements that say the same, whatever their ages. */
export function saysTheSame (a: Readiness, b: Readiness): boolean { return wordsOf(a) === wordsOf(b) }

function wordsOf ({ shift, level, reasons, night }: Readiness): string {
  return JSON.stringify([shift, level, reasons.map(({ code, level, did }) => [code, level, did]), night])
}

function nextBounds (proof: Proof | null, bounds: readonly number[]): readonly number[] {
  const ageMs = proof?.ageMs ?? null
  return ageMs === null ? [] : bounds.filter((bound) => bound >= ageMs).map((bound) => bound - ageMs + 1)
}

function ofShift ({ shift, doubtful }: Facts): readonly Reason[] {
  if (shift === 'none') return [reason('NO_SHIFT', 'red')]
  return doubtful ? [reason('SHIFT_DOUBTFUL', 'amber')] : []
}

/** In a room its buttons, at a place she typed her own phone. */
function ofRaising (facts: Facts): readonly Reason[] {
  switch (facts.shift) {
    case 'none': return []
    case 'place': return ofPhone(facts.phone)
    case 'room': {
      const best = bestButton(facts.buttons)
      if (best === null) return [reason('NO_BUTTON', 'red')]
      // One that works is enough to be heard; another that does not is said, or she may reach for the wrong one.
      const others = facts.buttons.filter((button) => button !== best).flatMap(ofButton)
      return [...ofButton(best), ...others.map((weak) => ({ ...weak, level: weak.level === 'red' ? 'amber' as const : weak.level }))]
    }
  }
}

function bestButton (buttons: readonly ButtonFact[]): ButtonFact | null {
  return buttons.reduce<ButtonFact | null>((best, button) => best === null || weightOf(ofButton(button)) < weightOf(ofButton(best)) ? button : best, null)
}

function ofButton (button: ButtonFact): readonly Reason[] {
  const { did, pressed, changed } = button
  const reasons: Reason[] = []
  if (pressed === null) reasons.push(reason(changed ? 'BUTTON_CHANGED' : 'BUTTON_UNPROVEN', 'red', null, did))
  reasons.push(...ofBeat(button), ...ofBattery(button))
  if (button.trouble) reasons.push(reason('BUTTON_TROUBLE', 'amber', null, did))
  return reasons
}

function ofBeat ({ did, beat, beatS, gone }: ButtonFact): readonly Reason[] {
  const at = beat?.at ?? null
  if (gone === 'off') return [reason('BUTTON_OFF', 'red', at, did)]
  if (gone !== null) return [reason('BUTTON_SILENT', 'red', at, did)]
  if (beat === null || beat.ageMs === null) return [reason('BUTTON_UNHEARD', 'red', at, did)]
  if (beat.ageMs > silentMs(beatS)) return [reason('BUTTON_SILENT', 'red', at, did)]
  return beat.ageMs > lateMs(beatS) ? [reason('BUTTON_LATE', 'amber', at, did)] : []
}

function ofBattery ({ did, batteryPct, batteryLow, beat }: ButtonFact): readonly Reason[] {
  const at = beat?.at ?? null
  if (batteryLow || (batteryPct !== null && batteryPct <= BATTERY_PCT_MIN)) return [reason('BATTERY_LOW', 'amber', at, did)]
  return batteryPct === null ? [reason('BATTERY_UNKNOWN', 'amber', at, did)] : []
}

function ofPhone (phone: Proof | null): readonly Reason[] {
  if (phone === null || phone.ageMs === null || phone.ageMs > PHONE_SILENT_MS) return [reason('PHONE_UNHEARD', 'red', phone?.at ?? null)]
  return phone.ageMs > PHONE_FRESH_MS ? [reason('PHONE_LATE', 'amber', phone.at)] : []
}

/** One good person of the first step is enough. */
function ofPeople ({ people, circleIsEmpty, alarmEndedAt }: Facts): readonly Reason[] {
  if (circleIsEmpty || people.length === 0) return [reason('CIRCLE_EMPTY', 'red')]
  const best = people.map(ofPerson).reduce((a, b) => weightOf(b) < weightOf(a) ? b : a)
  return alarmEndedAt === null ? best : [...best, reason('AFTER_ALARM', 'amber', alarmEndedAt)]
}

function ofPerson ({ availableMs, answered, way }: PersonFact): readonly Reason[] {
  const at = answered?.at ?? null
  if (way === 'none') return [reason('NOBODY_REACHABLE', 'red', at)]
  if (way === 'own') return [reason('ONLY_OWN_PHONE', 'red', at)]
  // Of two weak things one may be missing; of somebody with neither a word nor a sign nothing is proven at all.
  const isStrange = answered === null && availableMs === null
  const reasons: Reason[] = []
  if (availableMs === null) reasons.push(reason('NOBODY_AVAILABLE', isStrange ? 'red' : 'amber', at))
  if (answered === null) reasons.push(reason('DEVICE_UNPROVEN', isStrange ? 'red' : 'amber'))
  else if (answered.ageMs === null || answered.ageMs > DEVICE_PROOF_MS) reasons.push(reason('DEVICE_PROOF_OLD', 'amber', at))
  return reasons
}

function ofService ({ shift, storeWorks, onTime, listening }: Facts): readonly Reason[] {
  const reasons: Reason[] = []
  if (storeWorks === null) reasons.push(reason('STORE_UNPROVEN', 'red'))
  if (storeWorks === false) reasons.push(reason('STORE_FAILING', 'red'))
  if (onTime !== true) reasons.push(reason('SERVICE_LATE', 'red'))
  if (shift === 'room' && listening !== true) reasons.push(reason('SERVICE_DEAF', 'red'))
  return reasons
}

/** Two devices that fail apart from each other, and one that rings through silence. */
function nightReasons (good: readonly PersonFact[]): readonly NightCode[] {
  const devices = good.reduce((sum, person) => sum + person.devices, 0)
  return [...devices < 2 ? ['NIGHT_ONE_CHANNEL' as const] : [], ...good.some((person) => person.rings) ? [] : ['NIGHT_NOTHING_RINGS' as const]]
}

function reason (code: ReasonCode, level: Level, at: Reason['at'] = null, did: string | null = null): Reason {
  return { code, level, at, did }
}

function worst (reasons: readonly Reason[]): Level {
  return reasons.reduce<Level>((level, next) => RANK[next.level] > RANK[level] ? next.level : level, 'green')
}

/** The gravest decides, then how many there are. */
function weightOf (reasons: readonly Reason[]): number {
  return RANK[worst(reasons)] * 100 + reasons.filter(({ level }) => level !== 'green').length
}

function lateMs (beatS: number): number { return beatS * SECOND_MS + BEAT_GRACE_MS }
function silentMs (beatS: number): number { return Math.max(SILENT_AFTER_BEATS * beatS * SECOND_MS, lateMs(beatS)) }
