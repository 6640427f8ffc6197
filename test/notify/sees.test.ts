import fc from 'fast-check'
import t from 'tap'
import type { Card } from '../../server/engine/ports.ts'
import { seenBy } from '../../server/notify/sees.ts'
import { ana, card, luc } from './stage.ts'

const sees = (alias: boolean, room: boolean, address: boolean): Card['sees'] => ({ [ana]: { alias, room, address } })

t.test('each sees what she chose for them', async (t) => {
  t.match(seenBy(card({ place: 'the blue door' }), ana), { alias: 'Lina', room: 'Room Lilac', venue: 'Maison Claire', address: 'Rue des Tilleuls 12', place: 'the blue door', where: 'shown', kind: true })
  t.match(seenBy(card({ sees: sees(false, true, false) }), ana), { alias: null, room: 'Room Lilac', venue: 'Maison Claire', address: null, where: 'shown' })
  t.match(seenBy(card({ sees: sees(true, false, true), place: 'the blue door' }), ana), { alias: 'Lina', room: null, address: 'Rue des Tilleuls 12', place: 'the blue door' })
})

t.test('who may know neither room nor address reads nothing that tells it', async (t) => {
  t.match(seenBy(card({ sees: sees(true, false, false), place: 'the blue door' }), ana), { alias: 'Lina', venue: null, room: null, address: null, place: null, note: null, where: 'hidden' })
})

t.test('whoever she did not list sees the room alone', async (t) => {
  t.same(seenBy(card({ sees: sees(true, true, true), place: 'the blue door', quietCheck: 'call' }), luc), {
    alias: null, venue: null, room: 'Room Lilac', address: null, place: null, note: null, quietCheck: null, wishes: { ambulance: 'yes', police: 'no' }, where: 'shown', kind: false
  })
  t.equal(seenBy(card({ sees: {} }), 'constructor' as never).kind, false, 'nobody is listed by a name that every object has')
})

t.test('several on shift in a room: the alias is on no card, so nobody reads one', async (t) => {
  t.equal(seenBy(card({ alias: null }), ana).alias, null)
})

t.test('a card that is gone shows nothing', async (t) => {
  t.match(seenBy(null, ana), { alias: null, room: null, where: 'unknown', wishes: null, kind: false })
})

t.test('nobody reads an alias, a room or an address that was not given to them (never)', async (t) => {
  const text = fc.option(fc.string())
  fc.assert(fc.property(text, text, text, text, fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), (alias, room, address, place, a, r, d, listed) => {
    const seen = seenBy(card({ alias, room, address, place, sees: listed ? sees(a, r, d) : {} }), ana)
    if (seen.alias !== null && !(listed && a)) return false
    if (seen.room !== null && listed && !r) return false
    return seen.address === null && seen.place === null ? true : listed && d
  }))
  t.pass()
})
