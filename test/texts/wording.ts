/** What a text may not say, or may not be written like, in one of the eight languages. */
import type { Language } from '../../dashboard/say/language.ts'
import { tellingStem } from '../../server/notify/discretion.ts'

export type Text = { readonly group: string, readonly key: string, readonly language: Language, readonly text: string }
type Rule = { readonly name: string, readonly bad: (text: Text) => boolean }

const full = ({ group, key }: Text): string => `${group}.${key}`
const anyOf = (patterns: readonly RegExp[]) => (text: Text): boolean => patterns.some((pattern) => pattern.test(full(text)))

/** Only where her wish, a consent, a declaration or an address of help needs the word (R6, R22, R25). */
const MAY_NAME_POLICE = anyOf([/^push\.body\.wishes$/, /^door\.forwards/, /^help\./, /^list\.(kindMore\.|colleague\.never$)/, /[wW]ish/, /[cC]onsent/, /[aA]uthorit/, /[fF]orward/])
const POLICE = /polic|politi|poliți|полици|immigra|imigr|имигра|inmigra/i

/**
 * "Sexual violence" is what a centre of care is for, and not what anybody works at; that page is opened by her alone. Beside her
 * wishes, behind her PIN, stands that anybody may call 112 in danger of life (R6).
 */
const MAY_SAY_WHAT_FOR = anyOf([/^help\./, /^list\.wishes\.more$/])
/** A word between two figures, with its space. */
const BETWEEN = anyOf([/^researcher\.or$/])

/** Rule 1 of the people's side: nothing is "sent", and nobody is told that she is safe. */
const SAYS_WHAT_IS_PROVEN = /^(safety|push|responder|worker)\./
const SENT: Readonly<Record<Language, RegExp>> = {
  en: /\bsent\b/i, fr: /\benvoyé/i, nl: /\b(verzonden|verstuurd)\b/i, ro: /\btrimis/i, bg: /изпратен/i, es: /\benviad/i, pt: /\benviad/i, sq: /\bdërguar/i
}
const SAFE: Readonly<Record<Language, RegExp>> = {
  en: /^you are safe/i, fr: /^vous êtes en sécurité/i, nl: /^je bent veilig/i, ro: /^ești în siguranță/i, bg: /^(ти )?(си )?в безопасност си/i, es: /^estás a salvo/i, pt: /^estás em segurança/i, sq: /^je në siguri/i
}

/** What must fit a button, a lamp or one line of a lock screen: the longest text, a placeholder counting as eight characters. */
const BUDGETS: readonly (readonly [RegExp, number])[] = [
  [/^push\.action\./, 24],
  [/^push\.(discreet|ask-arrival|ask-over|coming|stand-down)\.title$|^push\.(reminder|result)\.[\w-]+\.title$/, 44],
  [/^push\.(alert|again)\./, 56],
  [/^push\.(discreet\.(now|calm)|duress\.body)$/, 60],
  [/^push\.duress\.inside/, 140],
  [/^safety\.lamp\.(ready|weaker|notReady|dark|hold)$/, 26],
  [/^safety\.hold\.(keep|letGo|stop|silent|assist|slow)$/, 34],
  [/^safety\.(call\.(safe|holdAgain)|pin\.end|over\.(back|help)|alert\.(cannot|change))$/, 40],
  [/^safety\.alert\.come\./, 46],
  [/^shell\.tabs\./, 12],
  [/^shell\.(back|close|continue|again|cancel|save|done|yes|no)$/, 20]
]
const lengthOf = (text: string): number => [...text.replace(/\{\{\w+\}\}/g, '00000000')].length

const RULES: readonly Rule[] = [
  { name: 'says what this is (R22)', bad: (text) => !MAY_SAY_WHAT_FOR(text) && tellingStem(text.text) !== null },
  { name: 'names police where no wish and no consent needs it', bad: (text) => !MAY_NAME_POLICE(text) && POLICE.test(text.text) },
  { name: 'says "sent"', bad: (text) => SAYS_WHAT_IS_PROVEN.test(full(text)) && SENT[text.language].test(text.text) },
  { name: 'promises that she is safe', bad: (text) => SAYS_WHAT_IS_PROVEN.test(full(text)) && SAFE[text.language].test(text.text) },
  { name: 'longer than its place', bad: (text) => BUDGETS.some(([place, charsMax]) => place.test(full(text)) && lengthOf(text.text) > charsMax) },
  { name: 'spaces at its ends, or two together, or an unseen character', bad: (text) => (!BETWEEN(text) && text.text !== text.text.trim()) || / {2}|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\p{Cc}]/u.test(text.text) },
  { name: 'letters taken apart (not NFC)', bad: ({ text }) => text !== text.normalize('NFC') },
  { name: 'straight quotes', bad: ({ language, text }) => language !== 'en' && /['"]/.test(text) },
  { name: 'ş or ţ with a cedilla: Romanian has ș and ț', bad: ({ language, text }) => language === 'ro' && /[şţ]/i.test(text) },
  { name: 'one word in two scripts', bad: ({ text }) => /\p{Script=Cyrillic}\p{Script=Latin}|\p{Script=Latin}\p{Script=Cyrillic}/u.test(text) },
  { name: 'a question without its ¿', bad: ({ language, text }) => language === 'es' && (text.match(/\?/g)?.length ?? 0) !== (text.match(/¿/g)?.length ?? 0) },
  { name: 'Portuguese of Brazil', bad: ({ language, text }) => language === 'pt' && /\b(você|celular|tela|senha|contato|usuári[oa])\b/i.test(text) }
]

/** The names of the rules that a text breaks. */
export function faultsOf (text: Text): readonly string[] {
  return RULES.filter(({ bad }) => bad(text)).map(({ name }) => name)
}
