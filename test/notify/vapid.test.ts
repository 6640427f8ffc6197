import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { Vapid, checkVapidSubject, makeVapidKeys, openVapidKeys } from '../../server/notify/vapid.ts'
import { FakeClock } from '../clock/fake-clock.ts'

const hour = 3_600_000
const folder = (): string => mkdtempSync(join(tmpdir(), 'keys-'))
const claims = (header: string): { aud: string, exp: number, sub: string } =>
  JSON.parse(Buffer.from(header.split('.')[1] ?? '', 'base64url').toString('utf8')) as { aud: string, exp: number, sub: string }

t.test('a contact that a push service could write to is taken', async (t) => {
  for (const subject of ['mailto:ops@example.org', 'https://lueur.example.org', 'https://example.org/contact', 'mailto:a.b+c@mail.example.co']) t.equal(checkVapidSubject(subject), subject)
})

t.test('any other stops the start: Apple would refuse every push, and nobody would be told', async (t) => {
  for (const subject of ['', 'ops@example.org', 'mailto:ops', 'mailto:ops@localhost', 'mailto:ops@LOCALHOST', 'https://localhost', 'https://localhost:8080/x', 'https://app.localhost', 'https://127.0.0.1', 'https://[::1]', 'http://example.org', 'mailto:', 'mailto:<ops@example.org>', 'mailto:ops@example.org?x=1', 'https://nas.local', 'https://x', 'javascript:alert(1)', `mailto:${'x'.repeat(300)}@example.org`]) {
    t.throws(() => checkVapidSubject(subject), { name: 'VapidError', code: 'VAPID_SUBJECT_INVALID' }, subject)
  }
})

t.test('a contact that says what this is stops the start too (R22)', async (t) => {
  for (const subject of ['mailto:veilleuse@example.org', 'mailto:ops@sexwork.example', 'https://alarm.example.org']) {
    t.throws(() => checkVapidSubject(subject), { code: 'VAPID_SUBJECT_TELLING' }, subject)
  }
})

t.test('keys are made at the first start and kept: new ones would silence every subscription', async (t) => {
  const path = join(folder(), 'deep', 'push.json')
  const made = openVapidKeys(path)
  t.equal(Buffer.from(made.publicKey, 'base64url').length, 65)
  t.equal(Buffer.from(made.privateKey, 'base64url').length, 32)
  t.same(openVapidKeys(path), made)
  t.equal(statSync(path).mode & 0o777, 0o600)
  t.same(readdirSync(join(path, '..')), ['push.json'], 'nothing is left lying about')
})

t.test('a damaged file of keys stops the start, is never replaced and never quoted', async (t) => {
  const path = join(folder(), 'push.json')
  const [a, b] = [makeVapidKeys(), makeVapidKeys()]
  for (const text of ['', '{', '{}', 'null', '[]', JSON.stringify({ ...a, privateKey: 7 }), JSON.stringify({ ...a, publicKey: 'AAAA' }), JSON.stringify({ publicKey: a.publicKey, privateKey: 'secret' })]) {
    writeFileSync(path, text)
    t.throws(() => openVapidKeys(path), { name: 'VapidError', code: 'VAPID_KEYS_INVALID', cause: undefined }, text)
    t.equal(readFileSync(path, 'utf8'), text)
  }
  t.throws(() => openVapidKeys(folder()), { code: 'VAPID_KEYS_UNREADABLE' }, 'a folder in its place')
  t.not(a.publicKey, b.publicKey)
})

t.test('one signature per push service and half a day', async (t) => {
  const clock = new FakeClock()
  const vapid = new Vapid({ keys: makeVapidKeys(), subject: 'mailto:ops@example.org', clock })
  const first = vapid.headerFor('https://a.example')
  t.equal(vapid.headerFor('https://a.example'), first)
  t.not(vapid.headerFor('https://b.example'), first)
  t.same(claims(first), { aud: 'https://a.example', exp: clock.now() / 1000 + 12 * 3600, sub: 'mailto:ops@example.org' })
  await clock.pass(10 * hour)
  t.equal(vapid.headerFor('https://a.example'), first)
  await clock.pass(hour)
  const second = vapid.headerFor('https://a.example')
  t.not(second, first, 'renewed an hour before it ends')
  vapid.forget('https://a.example')
  t.not(vapid.headerFor('https://a.example'), second, 'refused: signed anew')
})

t.test('a wall clock that jumps a day, either way, never leaves a token that is over or longer than 24 h', async (t) => {
  const clock = new FakeClock()
  const vapid = new Vapid({ keys: makeVapidKeys(), subject: 'mailto:ops@example.org', clock })
  vapid.headerFor('https://a.example')
  for (const jump of [-24 * hour, 48 * hour, -1 * hour, 24 * hour]) {
    clock.jump(jump)
    const leftMs = claims(vapid.headerFor('https://a.example')).exp * 1000 - clock.now()
    t.ok(leftMs > hour / 2 && leftMs <= 12 * hour + 1_000, `${leftMs}`)
  }
})
