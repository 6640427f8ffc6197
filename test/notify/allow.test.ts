import t from 'tap'
import { PUSH_URL_CHARS_MAX, PushAllowList } from '../../server/notify/allow.ts'

const real = [
  'https://fcm.googleapis.com/fcm/send/abc:APA91b',
  'https://fcm.googleapis.com:443/wp/abc',
  'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
  'https://web.push.apple.com/QGuQ',
  'https://wns2-par02p.notify.windows.com/w/?token=BQYAA',
  'https://FCM.googleapis.com/fcm/send/abc'
]

const forbidden: readonly (readonly [string, string, string])[] = [
  ['PUSH_URL_SCHEME', 'http://fcm.googleapis.com/fcm/send/abc', 'in the clear'],
  ['PUSH_URL_SCHEME', 'file:///etc/passwd', 'a file'],
  ['PUSH_URL_SCHEME', 'ftp://fcm.googleapis.com/x', 'another protocol'],
  ['PUSH_URL_SCHEME', 'http://127.0.0.1:9464/metrics', 'our own metrics'],
  ['PUSH_URL_SCHEME', 'http://169.254.169.254/latest/meta-data', 'the cloud\'s own metadata'],
  ['PUSH_URL_HOST', 'https://169.254.169.254/', 'an address'],
  ['PUSH_URL_HOST', 'https://[::1]/', 'an address of six'],
  ['PUSH_URL_HOST', 'https://0x7f000001/', 'a number that is an address'],
  ['PUSH_URL_HOST', 'https://2130706433/', 'a decimal that is an address'],
  ['PUSH_URL_HOST', 'https://localhost/', 'this machine'],
  ['PUSH_URL_HOST', 'https://fcm.googleapis.com.evil.example/x', 'a longer name'],
  ['PUSH_URL_HOST', 'https://evilfcm.googleapis.com/x', 'a longer first label'],
  ['PUSH_URL_HOST', 'https://storage.googleapis.com/x', 'a neighbour that anybody may rent'],
  ['PUSH_URL_HOST', 'https://fcm.googleapis.com./x', 'a trailing dot'],
  ['PUSH_URL_HOST', 'https://push.apple.com/x', 'the bare suffix'],
  ['PUSH_URL_HOST', 'https://evilpush.apple.com/x', 'a suffix without its dot'],
  ['PUSH_URL_HOST', 'https://notify.windows.com.evil.example/x', 'a suffix in the middle'],
  ['PUSH_URL_HOST', 'https://evil.example/?x=.push.apple.com', 'a suffix in the query'],
  ['PUSH_URL_HOST', 'https://evil.example\\.push.apple.com/x', 'a backslash'],
  ['PUSH_URL_HOST', 'https://evil.example#.push.apple.com', 'a fragment'],
  ['PUSH_URL_USERINFO', 'https://fcm.googleapis.com@evil.example/x', 'a user that looks like a host'],
  ['PUSH_URL_USERINFO', 'https://user:pass@fcm.googleapis.com/x', 'a user'],
  ['PUSH_URL_USERINFO', 'https://@fcm.googleapis.com/x', 'an empty user'],
  ['PUSH_URL_PORT', 'https://fcm.googleapis.com:8443/x', 'an odd port'],
  ['PUSH_URL_PORT', 'https://web.push.apple.com:22/x', 'another service\'s port'],
  ['PUSH_URL_INVALID', '', 'nothing'],
  ['PUSH_URL_INVALID', '//fcm.googleapis.com/x', 'no scheme'],
  ['PUSH_URL_INVALID', 'https://', 'no host'],
  ['PUSH_URL_TOO_LONG', `https://fcm.googleapis.com/${'x'.repeat(PUSH_URL_CHARS_MAX)}`, 'without end']
]

t.test('the browsers\' own push services may be posted to', async (t) => {
  const list = new PushAllowList()
  for (const url of real) t.equal(list.check(url).ok, true, url)
  t.match(list.check('https://fcm.googleapis.com:443/x'), { origin: 'https://fcm.googleapis.com' })
})

t.test('nothing else may: a subscription must not make our server call where its sender can\'t (SSRF)', async (t) => {
  const list = new PushAllowList()
  for (const [code, url, why] of forbidden) t.same(list.check(url), { ok: false, code }, why)
})

t.test('a laboratory\'s own service is allowed by its exact origin', async (t) => {
  const list = new PushAllowList(['http://127.0.0.1:4711', 'https://push.example.org:8443'])
  t.equal(list.check('http://127.0.0.1:4711/push/1').ok, true)
  t.equal(list.check('https://push.example.org:8443/push/1').ok, true)
  t.equal(list.check('http://127.0.0.1:4712/push/1').ok, false, 'another port')
  t.equal(list.check('https://127.0.0.1:4711/push/1').ok, false, 'another scheme')
  t.equal(list.check('https://push.example.org/push/1').ok, false)
  t.same(list.check('http://u@127.0.0.1:4711/x'), { ok: false, code: 'PUSH_URL_USERINFO' })
})

t.test('an extra origin that is none, or plain beyond loopback, stops the start', async (t) => {
  for (const origin of ['', 'push.example.org', 'http://push.example.org', 'http://10.0.0.1', 'https://push.example.org/', 'https://push.example.org/x', 'ftp://127.0.0.1', 'https://u@push.example.org']) {
    t.throws(() => new PushAllowList([origin]), { name: 'PushOriginError', code: 'PUSH_ORIGIN_INVALID' }, origin)
  }
})
