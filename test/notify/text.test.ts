import fc from 'fast-check'
import t from 'tap'
import type { EpochMs, Kind, What } from '../../server/alarm/alarm.ts'
import { tellingStem } from '../../server/notify/discretion.ts'
import { PAYLOAD_BYTES } from '../../server/notify/limits.ts'
import { payloadOf, topicOf } from '../../server/notify/payload.ts'
import type { EndpointId, Language, PushEndpoint } from '../../server/notify/ports.ts'
import { CATALOGS } from '../../server/notify/text.ts'
import type { PushPayload } from '../../server/contract/push.ts'
import { Stage, ana, card, luc } from './stage.ts'

const languages: readonly Language[] = ['en', 'fr', 'nl', 'ro', 'bg', 'es', 'pt', 'sq']
const whats: readonly What[] = ['alert', 'again', 'ask-arrival', 'ask-over', 'duress', 'coming', 'stand-down']
const kinds: readonly Kind[] = ['alarm', 'silent-alarm', 'assist', 'test']
const ports = { topicKey: Buffer.alloc(32, 7), urlOf: () => 'https://lueur.example.org/m/1', timeZone: 'Europe/Brussels' }
const phone: PushEndpoint = { id: 'e' as EndpointId, url: '', p256dh: '', auth: '', text: 'full', language: 'en', provesShown: true }
const stage = new Stage({})

type Telling = Parameters<typeof payloadOf>[0]
const said = (telling: Partial<Telling> = {}, reader: Partial<PushEndpoint> = {}, minimal = false): PushPayload =>
  JSON.parse(payloadOf(stage.telling(telling), { ...phone, ...reader }, ports, minimal).toString('utf8')) as PushPayload

/** Every text of a catalog, by its path. */
function texts (of: object, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(of).flatMap(([key, value]) => typeof value === 'string' ? [[`${path}${key}`, value] as const] : texts(value as object, `${path}${key}.`))
}

t.test('R22: no text says what this is, what she does or what the product is called (R22)', async (t) => {
  for (const language of languages) for (const [key, text] of texts(CATALOGS[language])) t.equal(tellingStem(text), null, `${language} ${key}: ${text}`)
  for (const word of ['Alarm!', 'une ALERTE', 'Veilleuse', 'sekswerk', 'sex worker', 'prostituée', 'lucrătoare sexuală', 'сексуална', 'Тревога', 'emergência', 'peligro', 'punonjëse seksi']) t.type(tellingStem(word), 'string', word)
  t.equal(tellingStem('Sosesc, am sosit'), null, '"I arrive" in Romanian is no call for help')
})

t.test('a discreet phone says that a message waits, and nothing of what it is', async (t) => {
  for (const language of languages) {
    const seen = new Set<string>()
    for (const [what, kind] of whats.flatMap((what) => kinds.map((kind) => [what, kind] as const))) {
      const { title, body, actions, notification } = said({ what, kind, late: true }, { language, text: 'discreet' })
      seen.add(`${title} ${body}`)
      t.same(actions, [])
      t.equal(notification.body, body)
    }
    t.equal(seen.size, 2, 'now, or no hurry')
  }
  t.equal(said({}, { text: 'discreet' }).title, 'A message is waiting')
})

t.test('R8: an alert says who, where, as of when, how to approach and what she wishes', async (t) => {
  const { title, body, actions } = said()
  t.equal(title, 'Lina needs you now')
  t.equal(body, "Room Lilac, Maison Claire, Rue des Tilleuls 12. At 23:00. Don't go in alone. She says: Knock and ask for the keys. Her wish: ambulance yes, police no.")
  t.same(actions.map(({ action }) => action), ['coming', 'cannot'])
  for (const language of languages) t.match(said({}, { language }).actions[0]?.title, /10 (min|мин)\.?$/, 'one tap answers: its label says how soon')
  t.match(said({}, { language: 'fr' }).body, /N’entrez pas sans être accompagné\..*Son souhait : ambulance oui, police non\./)
  t.match(said({}, { language: 'nl' }).body, /Ga niet alleen naar binnen\..*Haar wens: ziekenwagen ja, politie nee\./)
  t.match(said({ card: null }).body, /^Place unknown\. At 23:00\./, 'never silent about where (R8)')
})

t.test('a late press says of when it is, with its day', async (t) => {
  t.match(said({ late: true }).body, /This comes late: it is from Monday.* 23:00\./)
  t.match(said({ late: true }, { language: 'fr' }).body, /cela date de lundi.* 23:00\./)
  t.match(said({ late: true }, { language: 'nl' }).body, /het is van maandag.* 23:00\./)
  const ends = { ro: /este de luni,? 23:00\./, bg: /от понеделник, 23:00 ч\. и идва/, es: /es del lunes, 23:00\./, pt: /é de segunda-feira.* 23:00\./, sq: /Koha: e hënë, 23:00\./ } as const
  for (const language of ['ro', 'bg', 'es', 'pt', 'sq'] as const) t.match(said({ late: true }, { language }).body, ends[language])
})

t.test('a check-in that was not answered: what she promised, and since when her phone is out of reach (R17)', async (t) => {
  const dueAt = Date.UTC(2026, 10, 23, 22, 45) as EpochMs
  const missed = { dueAt, unreachableSince: Date.UTC(2026, 10, 23, 22, 41) as EpochMs, forced: false }
  const { title, body } = said({ kind: 'assist', missed })
  t.equal(title, 'Please check on Lina')
  t.match(body, /She promised to be heard of by 23:45, and was not\. Her phone has been out of reach since 23:41\./)
  t.notMatch(said({ missed: { ...missed, unreachableSince: null } }).body, /out of reach/)
  t.match(said({ missed }, { language: 'fr' }).body, /injoignable depuis 23:41/)
  t.match(said({ missed }, { language: 'nl' }).body, /onbereikbaar sinds 23:41/)
  t.match(said({ what: 'duress', missed: { ...missed, forced: true } }).inside, /^She was forced to say that she is fine\./)
  t.equal(said({ missed }, { text: 'discreet' }).title, 'A message is waiting')
})

t.test('a silent alarm is flagged, and never asks for a notification without sound', async (t) => {
  const { silent, body, notification } = said({ kind: 'silent-alarm' })
  t.equal(silent, true)
  t.match(body, /do not phone her, do not ring the bell/)
  t.notOk('silent' in notification, 'whoever sleeps must wake up')
  t.equal(said().silent, undefined)
})

t.test('a quiet check says how she wants it done; a rehearsal says that it is one, to everybody', async (t) => {
  t.match(said({ kind: 'assist', card: card({ quietCheck: 'call and ask for the keys' }) }).body, /How to check: call and ask for the keys\./)
  t.match(said({ kind: 'test' }).body, /^This is only a test\./)
  t.match(said({ kind: 'test', card: card({ sees: {} }) }).body, /^This is only a test\./, 'nobody runs for a test')
  t.notMatch(said({ kind: 'test' }).body, /Don't go in alone/)
})

t.test('the house is told "room 3, now": neither who, nor what kind, nor her note (R4)', async (t) => {
  for (const kind of ['alarm', 'silent-alarm', 'assist'] as const) {
    const { title, body, silent } = said({ kind, card: card({ sees: {}, quietCheck: 'call' }) })
    t.equal(title, 'You are needed now')
    t.equal(body, "Room Lilac. At 23:00. Don't go in alone. Her wish: ambulance yes, police no.")
    t.equal(silent, undefined)
  }
})

t.test('R15: under duress no lock screen tells; inside stands the sentence of R15, word for word', async (t) => {
  for (const text of ['full', 'discreet'] as const) {
    const { title, body, inside, notification, actions } = said({ what: 'duress' }, { text })
    t.equal(inside, 'She was forced to say it is over. Do not phone or message her. Go, or send someone.')
    for (const shown of [title, body, notification.title, notification.body]) t.notMatch(shown, /forced|over|Lina|Lilac/)
    t.same(actions, [])
  }
  for (const what of whats) if (what !== 'duress') t.equal(said({ what }).inside, undefined, what)
  t.match(said({ what: 'duress' }, { language: 'fr' }).inside ?? '', /forcée/)
  t.match(said({ what: 'duress' }, { language: 'nl' }).inside ?? '', /gedwongen/)
  for (const language of languages) {
    const sentences = (said({ what: 'duress' }, { language }, true).inside ?? '').match(/[^.]+\./g)
    t.equal(sentences?.length, 3, `${language}: she was forced; keep off the phone; go or send, in the smallest push too`)
  }
})

t.test('the end is said to be the end, and asks for nothing', async (t) => {
  t.match(said({ what: 'stand-down' }), { title: 'It is over', body: 'You need not come any more. Thank you.', actions: [] })
  t.notMatch(said({ what: 'coming' }).title, /safe/)
})

t.test('R6: no text forbids anybody to call for help', async (t) => {
  for (const language of languages) for (const [, text] of texts(CATALOGS[language])) t.notMatch(text, /112|police.*(don't|never)|do not call\b/i)
})

t.test('whatever she types: one size, valid JSON, one line, never a placeholder (never)', async (t) => {
  const typed = fc.string({ unit: 'binary', maxLength: 400 })
  fc.assert(fc.property(typed, typed, typed, fc.constantFrom(...languages), fc.constantFrom(...whats), fc.constantFrom(...kinds), fc.boolean(), (alias, room, note, language, what, kind, minimal) => {
    const telling = stage.telling({ what, kind, card: card({ alias, room, note, address: note, venue: room, quietCheck: alias }) })
    const bytes = payloadOf(telling, { ...phone, language }, ports, minimal)
    const { title, body } = JSON.parse(bytes.toString('utf8')) as PushPayload
    return bytes.length === (minimal ? 1_024 : PAYLOAD_BYTES) && title !== '' && body !== '' && !/[\p{Cc}\u202e]/u.test(title + body)
  }), { numRuns: 300 })
  t.match(said({ card: card({ alias: '{{time}}', note: '{{wishes}} $& $1' }) }), { title: '{{time}} needs you now', body: /She says: \{\{wishes\}\} \$& \$1\./ }, 'what she typed is not read as ours')
})

t.test('a topic is one per alarm and responder, of a length that Apple takes, and says nothing without our key', async (t) => {
  const topic = topicOf(ports.topicKey, stage.telling().alarm, ana)
  t.match(topic, /^[A-Za-z0-9_-]{22}$/)
  t.not(topic, topicOf(ports.topicKey, stage.telling().alarm, luc))
  t.not(topic, topicOf(Buffer.alloc(32, 8), stage.telling().alarm, ana))
  t.equal(said().tag, topic)
})
