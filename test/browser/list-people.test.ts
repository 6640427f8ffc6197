/**
 * Incident: a jealous ex opened the link that was meant for a friend, and was told where she works before anybody had heard
 * their voice; and a friend who had left stood on her list for months.
 */
import t from 'tap'
import decodeQR from 'qr/decode.js'
import { Browser } from '../../device-sim/live/browser.ts'
import { asks, faultsOf, goes, herPhone, joins } from './hers.ts'
import { Stage } from './stage.ts'

/** What a camera reads in it: squares of a path, drawn large. */
function readQr (path: string): string {
  const squares = [...path.matchAll(/M(\d+) (\d+)h/g)].map(([, x = '0', y = '0']) => [Number(x), Number(y)] as const)
  const side = Math.max(...squares.flat()) + 3
  const scale = 6
  const data = new Uint8ClampedArray(side * scale * side * scale * 4).fill(255)
  for (const [x, y] of squares) {
    for (let dy = 0; dy < scale; dy++) for (let dx = 0; dx < scale; dx++) data.set([0, 0, 0, 255], (((y * scale + dy) * side * scale) + x * scale + dx) * 4)
  }
  return decodeQR({ data, width: side * scale, height: side * scale })
}

t.test('somebody is on her list only after she has heard them, and out of it at once', async (t) => {
  const stage = await Stage.open(t)
  const venue = await stage.venue()
  const phone = await herPhone(stage, venue.id)
  const { page } = phone
  await phone.open('/w#/circle')
  await page.getByText('Nobody yet.').waitFor()
  t.same(await faultsOf(phone), [])

  await page.getByRole('button', { name: 'Add somebody' }).click()
  await page.getByRole('button', { name: 'Make a code' }).click()
  await page.getByRole('heading', { name: 'Your code for one person' }).waitFor()
  t.same(await faultsOf(phone), [])
  const link = new URL(readQr(await page.locator('.qr-ink').getAttribute('d') ?? ''))
  t.equal(link.origin + link.pathname, `${stage.origin}/r`, 'the picture holds the link to the page of those who are called')
  const code = link.hash.slice(1)
  t.equal((await page.locator('.code-shown').textContent())?.replace(/\s/g, ''), code, 'the same code is there to be read aloud')

  const ana = new Browser(stage.origin)
  const digits = await joins(ana, code, 'Ana')
  await page.getByRole('heading', { name: 'Ana has joined' }).waitFor()
  t.same(await faultsOf(phone), [])
  await page.getByLabel('The six digits that Ana reads').fill(digits === '000000' ? '000001' : '000000')
  await page.getByRole('button', { name: 'They are the same' }).click()
  await page.getByText('Not those digits.').waitFor()
  await page.getByLabel('The six digits that Ana reads').fill(digits)
  await page.getByRole('button', { name: 'They are the same' }).click()
  await page.getByRole('heading', { name: 'Ana', exact: true }).waitFor()
  await page.getByLabel('The address').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Sees room, address').waitFor()

  await goes(phone, '/circle/add')
  await page.getByRole('button', { name: /Make a .*code/ }).click()
  const second = (await page.locator('.code-shown').textContent())?.replace(/\s/g, '') ?? ''
  await joins(new Browser(stage.origin), second, 'Bea')
  await page.getByRole('heading', { name: 'Bea has joined' }).waitFor()
  await page.getByRole('button', { name: 'Call later' }).click()
  await page.getByRole('heading', { name: 'Not called yet' }).waitFor()
  await page.getByRole('link', { name: /Bea/ }).click()
  await page.getByText('told of nothing before you have heard').waitFor()
  await page.getByRole('button', { name: 'Take out of my circle' }).click()
  await page.getByRole('button', { name: 'Take Bea out now' }).click()
  await page.getByRole('link', { name: /Ana/ }).waitFor()
  t.equal(await page.getByText('Bea').count(), 0)

  await ana.post('/api/v1/me/responder/leave')
  await goes(phone, '/more')
  await goes(phone, '/circle')
  await page.getByText('Ana has left your circle').waitFor()
  await page.getByRole('button', { name: 'I have read this' }).click()
  await page.getByText('Ana has left your circle').waitFor({ state: 'detached' })
  t.same((await asks<{ left: unknown[] }>(phone, 'GET', '/contacts')).left, [])
  phone.isSound(t)
})
