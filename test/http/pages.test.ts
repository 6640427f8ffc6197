/** Incident: a link preview, a tab's title and a room's QR told a visitor what the house is (R22). */
import t from 'tap'
import { gunzipSync } from 'node:zlib'
import { Phone, openHouse } from './house.ts'

const TELLING = /veilleuse|alarm|panic|sex|prostit|escort|travailleuse|sekswerk/i
const FACES = ['/', '/w', '/r', '/t', '/s', '/exit'] as const

/** Addresses that a page or a script names. */
function named (text: string): readonly string[] {
  return [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '')
}

t.test('the pages are neutral, from here alone, with nothing inline', async (t) => {
  const house = await openHouse(t)
  const phone = new Phone(house)
  for (const face of FACES) {
    const page = await phone.get(face)
    t.equal(page.statusCode, 200, face)
    t.match(page.headers['content-type'], /^text\/html/)
    t.match(page.body, /<title>Lueur<\/title>/)
    t.notMatch(page.body, /<script(?![^>]* src=)|<style|style=|\son\w+=|https?:\/\//, `${face}: a strict CSP would break it`)
    t.notMatch(page.body.replace(/<[^>]*>/g, ' '), TELLING, face)
    t.ok(named(page.body).length >= 2, `${face} has a script and a style`)
    for (const url of named(page.body)) {
      const part = await phone.get(url)
      t.equal(part.statusCode, 200, url)
      t.match(part.headers['content-type'], url.endsWith('.css') ? /^text\/css/ : /^text\/javascript/)
      t.match(part.headers['cache-control'], /immutable/, 'its name bears the hash of what it holds')
      t.notMatch(url, TELLING, 'an address stands in the history')
    }
  }
})

t.test('a page is never kept longer than the service that goes with it', async (t) => {
  const house = await openHouse(t)
  for (const url of [...FACES, '/sw.js', '/shell.json', '/q/anything']) t.equal((await new Phone(house).get(url)).headers['cache-control'], 'no-cache', url)
})

t.test('who takes parts packed gets the same parts packed', async (t) => {
  const house = await openHouse(t)
  const phone = new Phone(house)
  const plain = await phone.get('/w')
  const packed = await phone.ask({ method: 'GET', url: '/w', headers: { 'accept-encoding': 'gzip, br' } })
  t.equal(packed.headers['content-encoding'], 'gzip')
  t.equal(packed.headers['vary'], 'accept-encoding')
  t.equal(gunzipSync(packed.rawPayload).toString(), plain.body)
})

t.test('what was not built, or lies elsewhere, is not there', async (t) => {
  const house = await openHouse(t)
  for (const url of ['/a/nothing.js', '/a/..%2f..%2fpackage.json', '/icons/secret.png', '/m/x.webmanifest']) {
    const { statusCode } = await new Phone(house).get(url)
    t.ok([400, 404].includes(statusCode), `${url}: ${statusCode}`)
  }
})

t.test('a manifest bears a neutral name and no word about what it is for, in every language', async (t) => {
  const house = await openHouse(t)
  for (const identity of ['lueur', 'lune', 'tisane']) {
    for (const face of ['w', 'r']) {
      for (const language of ['fr', 'nl', 'en', 'ro', 'bg', 'es', 'pt', 'sq']) {
        const { statusCode, headers, body } = await new Phone(house).get(`/m/${identity}-${face}-${language}.webmanifest`)
        t.equal(statusCode, 200, `${identity} ${face} ${language}`)
        t.match(headers['content-type'], /^application\/manifest\+json/)
        t.match(JSON.parse(body), { start_url: `/${face}`, lang: language, display: 'standalone' })
        t.notMatch(body, TELLING)
      }
    }
  }
})

t.test('a room\'s QR opens the same blank page, known or not, signed in or not', async (t) => {
  const house = await openHouse(t)
  const tech = await house.join('technician')
  const { room } = (await tech.post('/api/v1/rooms', { label: 'Lilac', address: null })).json<{ room: string }>()
  const { url } = (await tech.get(`/api/v1/rooms/${room}/code`)).json<{ url: string }>()
  t.match(url, /^https:\/\/lueur\.example\/q\//)
  const real = await new Phone(house).get(new URL(url).pathname)
  const unknown = await new Phone(house).get('/q/nothing-of-ours')
  t.equal(real.statusCode, 200)
  t.equal(real.body, unknown.body)
  t.match(real.body, /<body>\s*<\/body>/)
  t.match(real.body, /<title>\s*<\/title>/)
  t.notMatch(real.body, TELLING)
})
