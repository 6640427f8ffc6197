/** Numbers in the reader's own notation, by their unit. */
import type { Unit } from '../data-package/measures.ts'
import { en } from './words/en.ts'
import { fr } from './words/fr.ts'
import { nl } from './words/nl.ts'

export const languages = ['en', 'fr', 'nl'] as const
export type Language = typeof languages[number]
export type Key = keyof typeof en
export type Words = Readonly<Record<Key, string>>
export const catalogs: Readonly<Record<Language, Words>> = { en, fr, nl }
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-BE', nl: 'nl-BE' }

export type Say = {
  readonly language: Language
  /** The text of a key, `{name}` filled in. */
  readonly text: (key: Key, filled?: Readonly<Record<string, string | number>>) => string
  /** "label: value", as the language sets the colon. */
  readonly pair: (label: string, value: string | number) => string
  readonly number: (value: number, digits?: number) => string
  readonly value: (value: number | null, unit: Unit) => string
  /** Signed; shares in percentage points. */
  readonly difference: (value: number | null, unit: Unit) => string
  readonly interval: (low: number | null, high: number | null, unit: Unit) => string
  /** For ticks: short. */
  readonly tick: (value: number, unit: Unit) => string
}

/** Narrow no-break space between a number and its unit: they never part at a line's end. */
const thin = '\u202f'
/** French sets these apart from the word, and never at the beginning of a line. */
const spaced = (text: string): string => text.replace(/ (?=[:;?!»])/g, thin).replace(/« /g, `«${thin}`)

export function sayer (language: Language): Say {
  const words = catalogs[language]
  const locale = locales[language]
  // The same sign for less than nothing everywhere, and never one that a line's end may break after.
  const signed = (text: string): string => text.replace('-', '−')
  const number = (value: number, digits = 1): string => signed(new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value === 0 ? 0 : value))
  const significant = (value: number): string => signed(new Intl.NumberFormat(locale, { maximumSignificantDigits: Math.abs(value) < 10 ? 2 : 3 }).format(value))
  const money = (value: number): string => signed(new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 }).format(value))
  const sentence = (key: Key): string => language === 'fr' ? spaced(words[key]) : words[key]
  const text: Say['text'] = (key, filled = {}) => sentence(key).replace(/\{(\w+)\}/g, (_, name: string) => String(filled[name] ?? '')).replace(/(\d) (?=%|s\b)|([≥≤]) /g, `$1$2${thin}`)

  const pair: Say['pair'] = (label, value) => `${label}${language === 'fr' ? thin : ''}: ${value}`

  const seconds = (value: number): string => {
    const size = Math.abs(value)
    if (size < 10) return `${number(value, size < 1 ? 2 : 1)}${thin}s`
    if (Math.round(size) < 60) return `${number(value, 0)}${thin}s`
    if (size < 7_200) {
      const whole = Math.round(size)
      const rest = whole % 60
      return `${value < 0 ? '−' : ''}${Math.floor(whole / 60)}${thin}min${rest === 0 ? '' : ` ${rest}${thin}s`}`
    }
    return `${number(value / 3_600, 1)}${thin}h`
  }
  const percent = (value: number): string => `${number(value * 100, Math.abs(value) > 0.99 && value < 1 ? 3 : Math.abs(value) < 0.01 ? 2 : 1)}${thin}%`
  const sized = (value: number, unit: Unit): string => {
    switch (unit) {
      case 's': return seconds(value)
      case 'share': return percent(value)
      case 'count': return significant(value)
      case 'EUR': return money(value)
    }
  }
  const value: Say['value'] = (given, unit) => given === null ? text('nothing') : sized(given, unit)
  const difference: Say['difference'] = (given, unit) => {
    if (given === null) return text('nothing')
    const sign = given > 0 ? '+' : given < 0 ? '−' : ''
    const size = Math.abs(given)
    return sign + (unit === 'share' ? `${number(size * 100, size < 0.01 ? 2 : 1)}${thin}${text('points')}` : sized(size, unit))
  }
  const interval: Say['interval'] = (low, high, unit) => low === null || high === null ? text('no_interval') : text('from_to', { low: sized(low, unit), high: sized(high, unit) })
  const tick: Say['tick'] = (given, unit) => {
    switch (unit) {
      case 's': return given !== 0 && given % 3_600 === 0 ? `${number(given / 3_600)}${thin}h` : given !== 0 && given % 60 === 0 ? `${number(given / 60)}${thin}min` : given > 60 ? seconds(given) : `${number(given, given < 1 ? 2 : 1)}${thin}s`
      case 'share': return `${number(given * 100, 3)}${thin}%`
      case 'count': return number(given, 3)
      case 'EUR': return money(given)
    }
  }
  return { language, text, pair, number, value, difference, interval, tick }
}
