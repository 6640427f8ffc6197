/**
 * What a push says, in the device's language, full or discreet (R22). Pure. The catalogs are i18next-v4 JSON, shared
 * with the dashboard; here only `{{name}}` placeholders are needed, no plurals.
 */
import type { What } from '../alarm/alarm.ts'
import type { PushAction } from '../contract/push.ts'
import type { Telling } from '../engine/ports.ts'
import type { Language, PushEndpoint } from './ports.ts'
import type { SeenCard } from './sees.ts'
import bg from '../contract/texts/push/bg.json' with { type: 'json' }
import en from '../contract/texts/push/en.json' with { type: 'json' }
import es from '../contract/texts/push/es.json' with { type: 'json' }
import fr from '../contract/texts/push/fr.json' with { type: 'json' }
import nl from '../contract/texts/push/nl.json' with { type: 'json' }
import pt from '../contract/texts/push/pt.json' with { type: 'json' }
import ro from '../contract/texts/push/ro.json' with { type: 'json' }
import sq from '../contract/texts/push/sq.json' with { type: 'json' }

export type Catalog = typeof en
export const CATALOGS: Readonly<Record<Language, Catalog>> = { bg, en, es, fr, nl, pt, ro, sq }
/** How each writes a time: Portuguese without a country would be Brazil's. */
const LOCALES: Readonly<Record<Language, string>> = { bg: 'bg-BG', en: 'en-BE', es: 'es-ES', fr: 'fr-BE', nl: 'nl-BE', pt: 'pt-PT', ro: 'ro-RO', sq: 'sq-AL' }

/** What the text depends on. `authority` is not among it: an authority reads what anybody in its place would. */
export type Told = Pick<Telling, 'what' | 'kind' | 'pressedAt' | 'late' | 'missed'> & { readonly seen: SeenCard }
export type Reader = Pick<PushEndpoint, 'text' | 'language'>
/** `inside`: for the opened page alone, never for a lock screen. */
export type PushText = { readonly title: string, readonly body: string, readonly actions: readonly PushAction[], readonly inside?: string }

/** Longest part of a notification that anybody else wrote, in characters: lock screens cut, and so does the payload. */
const PART_CHARS_MAX = 120
const HALF_DAY_MS = 12 * 3_600_000

/** @param timeZone IANA name of the zone the venue's people live in */
export function pushText (told: Told, reader: Reader, timeZone: string): PushText {
  const catalog = CATALOGS[reader.language]
  const inside = told.what === 'duress' ? { inside: told.missed?.forced === true ? catalog.duress.insideFine : catalog.duress.inside } : {}
  if (reader.text === 'discreet') return { ...discreetText(told.what, catalog), ...inside }
  return { ...fullText(told, reader.language, timeZone), ...inside }
}

/** Says nothing but that something waits, and whether it can wait. No answers either: their words tell. */
function discreetText (what: What, catalog: Catalog): PushText {
  const calm = what === 'coming' || what === 'stand-down'
  return { title: catalog.discreet.title, body: calm ? catalog.discreet.calm : catalog.discreet.now, actions: [] }
}

function fullText (told: Told, language: Language, timeZone: string): PushText {
  const catalog = CATALOGS[language]
  const action = (name: PushAction['action'], label: keyof Catalog['action'] = name): PushAction => ({ action: name, title: catalog.action[label] })
  switch (told.what) {
    case 'alert':
    case 'again':
      return { title: alertTitle(told, catalog[told.what]), body: alertBody(told, language, timeZone), actions: [action('coming'), action('cannot')] }
    case 'ask-arrival':
      return { ...catalog['ask-arrival'], actions: [action('arrived'), action('cannot', 'not-after-all')] }
    case 'ask-over':
      return { ...catalog['ask-over'], actions: [action('over'), action('need-more')] }
    // Whoever forced her may be looking at this very screen: the truth waits inside, on every device (R15).
    case 'duress':
      return { title: catalog.discreet.title, body: catalog.duress.body, actions: [] }
    case 'coming':
      return { ...catalog.coming, actions: [] }
    case 'stand-down':
      return { ...catalog['stand-down'], actions: [] }
    default:
      return assertNever(told.what)
  }
}

/** A rehearsal is called one to everybody: nobody may run for it. */
function saysKind ({ kind, seen }: Told): boolean { return seen.kind || kind === 'test' }

function alertTitle (told: Told, titles: Catalog['alert']): string {
  if (!saysKind(told)) return titles.plain
  const { kind, missed, seen } = told
  const { named, someone } = titles[missed === null ? kind : 'missed']
  const alias = seen.alias === null ? '' : tidy(seen.alias)
  return alias === '' ? someone : fill(named, { alias })
}

/** What matters most comes first: a lock screen shows two lines. */
function alertBody ({ kind, pressedAt, late, missed, seen }: Told, language: Language, timeZone: string): string {
  const { body, wish } = CATALOGS[language]
  const time = clockTime(pressedAt, late, language, timeZone)
  const wishes = seen.wishes
  const parts = [
    kind === 'test' ? body.test : null,
    whereText(seen, body),
    missed === null || !seen.kind ? fill(late ? body.late : body.time, { time }) : missedText(missed, late, language, timeZone),
    seen.kind && kind === 'silent-alarm' ? body.quiet : null,
    kind === 'test' ? null : body.alone,
    seen.quietCheck !== null && kind === 'assist' ? fill(body.check, { check: sentence(seen.quietCheck) }) : null,
    seen.note === null ? null : fill(body.note, { note: sentence(seen.note) }),
    wishes === null ? null : fill(body.wishes, { ambulance: wish[wishes.ambulance], police: wish[wishes.police] })
  ]
  return parts.filter((part) => part !== null).join(' ')
}

/** "Unreachable since 23:41" (R17). With its day where it may be of another one. */
function missedText ({ dueAt, unreachableSince }: NonNullable<Told['missed']>, late: boolean, language: Language, timeZone: string): string {
  const { body } = CATALOGS[language]
  const isOld = unreachableSince !== null && dueAt - unreachableSince > HALF_DAY_MS
  const missed = fill(body.missed, { time: clockTime(dueAt, late, language, timeZone) })
  return unreachableSince === null ? missed : `${missed} ${fill(body.unreachable, { time: clockTime(unreachableSince, isOld, language, timeZone) })}`
}

function whereText (seen: SeenCard, body: Catalog['body']): string {
  if (seen.where === 'unknown') return body.unknown
  if (seen.where === 'hidden') return body.hidden
  const parts = [seen.room, seen.venue, seen.address, seen.place].filter((part) => part !== null).map((part) => tidy(part)).filter((part) => part !== '')
  return sentence(parts.join(', '), parts.length * (PART_CHARS_MAX + 2))
}

/** One per language, lateness and zone: making one costs as much as encrypting a push. */
const clockFaces = new Map<string, Intl.DateTimeFormat>()

function clockTime (at: number, late: boolean, language: Language, timeZone: string): string {
  const key = `${language} ${late} ${timeZone}`
  // A press that waited in a button may be of another day: "23:41" alone would be read as today's.
  const day = late ? { weekday: 'long' } as const : {}
  const face = clockFaces.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
  clockFaces.set(key, face)
  return face.format(at)
}

/** Replaces each placeholder once; what a person typed is never read as a placeholder. */
function fill (text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? '')
}

/**
 * One line of bounded length. Control characters and direction marks go: they could make one text look like another.
 */
function tidy (text: string, charsMax = PART_CHARS_MAX): string {
  const line = text.replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ').replace(/\s+/g, ' ').trim()
  const chars = [...line]
  return chars.length <= charsMax ? line : `${chars.slice(0, charsMax - 1).join('').trimEnd()}…`
}

function sentence (text: string, charsMax = PART_CHARS_MAX): string {
  const line = tidy(text, charsMax)
  return /[.!?…]$/.test(line) ? line : `${line}.`
}

function assertNever (value: never): never {
  throw new TypeError(`no text for ${String(value)}`)
}
