/** Incident: a link preview, a tab's title and a room's QR told a visitor what the house is (R22). */
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { Phone, openHouse } from './house.ts'

const TELLING = /veilleuse|alarm|panic|sex|prostit|escort|worker|travailleuse|sekswerk/i

t.test('the pages are neutral, from here alone, with nothing inline', async (t) => {
  const house = await openHouse(t)
  const phone = new Phone(house)
  const page = await phone.get('/r')
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-type'], /^text\/html/)
  t.match(page.body, /<title>Lueur<\/title>/)
  t.notMatch(page.body.replace(/data-part="\w+"/g, ''), /<script(?![^>]* src=)|<style|style=|\son\w+=|https?:\/\//, 'a strict CSP would break it')
  t.notMatch(page.body.replace(/<[^>]*>/g, ' '), TELLING)
  const referenced = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '')
  t.same(referenced, ['/r.css', '/r.js'])
  for (const url of [...referenced, '/r-words.js']) {
    const { statusCode, headers } = await phone.get(url)
    t.equal(statusCode, 200, url)
    t.match(headers['content-type'], url.endsWith('.css') ? /^text\/css/ : /^text\/javascript/)
  }
})

t.test('on a small screen the answer comes before what can be read on the way', async (t) => {
  const house = await openHouse(t)
  const page = (await new Phone(house).get('/r')).body
  const places = ['data-part="where"', 'data-part="note"', 'data-minutes="5"', 'data-part="wishes"', 'data-part="others"', 'data-answer="over"'].map((part) => page.indexOf(part))
  t.ok(places.every((place) => place > 0))
  t.same(places, [...places].sort((a, b) => a - b))
})

t.test('its words exist in three languages, each whole, and none tells', async (t) => {
  const house = await openHouse(t)
  const words = runInNewContext(`${(await new Phone(house).get('/r-words.js')).body.replace('export const', 'var')}; WORDS`) as Record<string, Record<string, string>>
  t.same(Object.keys(words).sort(), ['en', 'fr', 'nl'])
  const page = (await new Phone(house).get('/r')).body + (await new Phone(house).get('/r.js')).body
  const keys = Object.keys(words['en'] ?? {})
  for (const [language, said] of Object.entries(words)) {
    t.same(Object.keys(said), keys, language)
    for (const key of keys) {
      t.notMatch(said[key] ?? '', TELLING, `${language} ${key}`)
      t.same([...(said[key] ?? '').matchAll(/\{\w+\}/g)].map(String).sort(), [...(words['en']?.[key] ?? '').matchAll(/\{\w+\}/g)].map(String).sort(), `${language} ${key}: placeholders`)
    }
  }
  for (const [, key] of page.matchAll(/data-says="(\w+)"/g)) t.ok(keys.includes(key ?? ''), `the page's word ${key} exists`)
  for (const [, key] of page.matchAll(/say\('([\w-]+)'/g)) t.ok(keys.includes(key ?? ''), `the script's word ${key} exists`)
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
  t.match(real.body, /<body><\/body>/)
  t.notMatch(real.body, TELLING)
})
