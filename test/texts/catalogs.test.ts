/**
 * Incident: an alert came in half a language. A button read "action.coming", and "20 minute" was read as two; whoever should
 * have run stood and puzzled.
 */
import t from 'tap'
import { COMPLETE, NAMES, SAFETY, languagesOf } from '../../dashboard/say/language.ts'
import type { Language } from '../../dashboard/say/language.ts'
import { Language as Spoken } from '../../server/contract/words.ts'
import { CATALOGS } from '../../server/notify/text.ts'
import { filesOf, groups, holes, textsOf, treeOf } from './catalog.ts'
import type { Tree } from './catalog.ts'
import { faultsOf } from './wording.ts'

t.test('R23: what is offered is whole, and what has a file is offered', async (t) => {
  for (const group of await groups()) {
    t.same(await filesOf(group), [...languagesOf(group)].sort(), `${group}: the files are those of dashboard/say/language.ts`)
    const english = await treeOf(group, 'en')
    for (const language of languagesOf(group)) t.same(holes({ group, language, own: await treeOf(group, language), english }), [], `${language} ${group}`)
  }
})

t.test('the service, the pages and the notifications know the same languages', async (t) => {
  const names = Object.keys(NAMES).sort()
  t.same([...COMPLETE, ...SAFETY].sort(), names)
  t.same([...Spoken.enum].sort(), names)
  t.same(Object.keys(CATALOGS).sort(), names)
})

t.test('R22, R23: every text is discreet, says only what is proven, fits its place and is written as its language is', async (t) => {
  for (const group of await groups()) {
    for (const language of languagesOf(group)) {
      for (const [key, text] of textsOf(await treeOf(group, language))) {
        const faults = faultsOf({ group, key, language, text })
        if (faults.length > 0) t.fail(`${language} ${group}.${key}: ${faults.join(', ')}: ${text}`)
      }
    }
    t.pass(group)
  }
})

const english: Tree = { hold: { letGo: 'Let go' }, wait_one: '{{count}} minute', wait_other: '{{count}} minutes', coming: '{{who}} is coming' }
const whole: Tree = { hold: { letGo: 'Ridică degetul' }, wait_one: '{{count}} minut', wait_few: '{{count}} minute', wait_other: '{{count}} de minute', coming: '{{who}} vine' }
const { wait_few: _few, ...noFew } = whole
const { coming: _coming, ...noComing } = whole

t.test('each hole of a catalog is seen', async (t) => {
  const inRomanian = (own: Tree): readonly string[] => holes({ group: 'safety', language: 'ro', own, english })
  t.same(inRomanian(whole), [])
  t.same(inRomanian({ ...whole, wait_one: 'un minut' }), [], 'its "one" is 1 alone')
  t.same(inRomanian(noComing), ['ro safety.coming: missing'])
  t.same(inRomanian({ ...whole, hold: {} }), ['ro safety.hold.letGo: missing'])
  t.same(inRomanian(noFew), ['ro safety.wait_few: a plural is missing'], '"20 minute" would be wrong')
  t.same(inRomanian({ ...whole, going: 'Plec' }), ['ro safety.going: no such text, or no such plural in this language'])
  t.same(inRomanian({ ...whole, wait_many: '{{count}} minute' }), ['ro safety.wait_many: no such text, or no such plural in this language'])
  t.same(inRomanian({ ...whole, coming: ' ' }), ['ro safety.coming: empty', 'ro safety.coming: other placeholders:  '])
  t.same(inRomanian({ ...whole, coming: '{{cine}} vine' }), ['ro safety.coming: other placeholders: {{cine}} vine'])
  t.same(inRomanian({ ...whole, wait_few: 'minute' }), ['ro safety.wait_few: other placeholders: minute'], 'which of 2 to 19?')
  const inFrench = holes({ group: 'safety', language: 'fr', own: { hold: { letGo: 'Lâchez' }, wait_one: 'une minute', wait_many: '{{count}} minutes', wait_other: '{{count}} minutes', coming: '{{who}} arrive' }, english })
  t.same(inFrench, ['fr safety.wait_one: other placeholders: une minute'], 'French says "one" of 0 too')
})

const bad: readonly (readonly [string, string, Language, string])[] = [
  ['says what this is (R22)', 'safety.call.raised', 'es', 'Alarma'],
  ['says what this is (R22)', 'door.title', 'bg', 'За секс работници'],
  ['says what this is (R22)', 'safety.hold.else', 'pt', 'Emergência'],
  ['names police where no wish and no consent needs it', 'safety.call.all', 'ro', 'Chemăm poliția'],
  ['names police where no wish and no consent needs it', 'safety.call.all', 'bg', 'Викаме полиция'],
  ['says "sent"', 'safety.call.raised', 'sq', 'U dërguar'],
  ['says "sent"', 'push.result.failed.title', 'en', 'Not sent'],
  ['promises that she is safe', 'safety.over.title', 'es', 'Estás a salvo'],
  ['promises that she is safe', 'safety.over.title', 'en', 'You are safe now'],
  ['longer than its place', 'push.action.coming', 'bg', 'Идвам при теб след десет минути'],
  ['longer than its place', 'push.alert.alarm.named', 'ro', '{{alias}} are nevoie de tine acum, te rog să vii cât mai repede'],
  ['spaces at its ends, or two together, or an unseen character', 'safety.over.title', 'pt', 'Acabou '],
  ['spaces at its ends, or two together, or an unseen character', 'safety.over.title', 'pt', 'A\u200bcabou'],
  ['letters taken apart (not NFC)', 'safety.over.title', 'sq', 'Mbe\u0308rriti'],
  ['straight quotes', 'safety.over.title', 'fr', "C'est fini"],
  ['ş or ţ with a cedilla: Romanian has ș and ț', 'safety.call.safe', 'ro', 'Sunt în siguranţă'],
  ['one word in two scripts', 'push.stand-down.title', 'bg', 'Приключи'.replace('р', 'p')],
  ['a question without its ¿', 'push.ask-arrival.title', 'es', 'Has llegado?'],
  ['Portuguese of Brazil', 'safety.call.phoneAway', 'pt', 'O seu celular']
]

t.test('each fault of a wording is seen', async (t) => {
  for (const [rule, path, language, text] of bad) {
    const [group = '', ...key] = path.split('.')
    t.same(faultsOf({ group, key: key.join('.'), language, text }), [rule], `${path}: ${text}`)
  }
  t.same(faultsOf({ group: 'push', key: 'body.wishes', language: 'ro', text: 'Dorința ei: poliție {{police}}.' }), [], 'her wish may name them')
  t.same(faultsOf({ group: 'safety', key: 'call.saidSafe', language: 'en', text: 'You said you are safe, without PIN' }), [], 'what she said is hers')
})
