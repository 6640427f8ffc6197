/** Incident: "everything we have on you" left out what hurt; and once it held a colleague's line. */
import t from 'tap'
import { Phone, openHouse } from './house.ts'

/** Where each table that bears her id stands in the export; or why it is left out. */
const WHERE: Readonly<Record<string, { readonly in: string } | { readonly leftOut: string }>> = {
  worker: { in: 'self' },
  worker_venue: { in: 'venues' },
  button: { in: 'buttons' },
  contact: { in: 'contacts' },
  contact_left: { in: 'left' },
  shift: { in: 'shifts' },
  consent: { in: 'consents' },
  circle_step: { in: 'circle' },
  circle_person: { in: 'circle' },
  standing_agreement: { in: 'agreements' },
  pairing: { in: 'codes' },
  session: { in: 'sessions' },
  shortcut: { in: 'shortcuts' },
  her_phone: { in: 'endpoints' },
  journal: { in: 'journal' },
  recovery: { in: 'recoveryWordsMadeAt' },
  alarm_life: { in: 'historyDays' },
  kept_alarm: { in: 'kept' },
  erasure: { in: 'erasesAt' },
  alarm: { in: 'history' },
  happening: { leftOut: 'what it says stands in the alarm as she saw it; after a duress PIN it would say more (R15)' },
  card: { in: 'history' },
  press_of: { leftOut: 'a keyed hash of a press, of use to the service alone' },
  alarm_forgotten: { leftOut: 'what she erased, until it has settled' },
  offer: { in: 'offers' },
  offer_left: { in: 'offers' },
  check_in: { in: 'checkIn' },
  drill: { in: 'drills' },
  drill_reminder: { leftOut: 'when she was last asked to rehearse' },
  drill_person: { in: 'drills' },
  deaf: { in: 'deaf' },
  veil: { leftOut: 'what a screen was shown under duress; her own file would tell whoever forced it out of her (R16)' },
  shift_room: { leftOut: 'which state of the room her shift began with, of use to readiness alone' },
  button_proof: { leftOut: 'which buttons she has proven in this shift; her shift says when' },
  shortcut_use: { in: 'shortcuts' },
  device_sign: { leftOut: 'a responder\'s device, not hers' },
  same_phone: { leftOut: 'that a responder signed in on a phone of hers; both sessions are listed where they belong' },
  same_phone_push: { leftOut: 'a keyed hash of the same' },
  contribution: { leftOut: 'a count under a keyed name that is destroyed when the quarter is published; erasing takes it back' },
  contribution_due: { leftOut: 'an alarm that has not been counted yet' },
  alarm_counted: { leftOut: 'that an alarm, while it exists, is part of a count' },
  data_key: { leftOut: 'her wrapped key opens nothing outside this house' }
}

t.test('every table with her id is in the export, or is left out for a reason that is written down', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const exported = (await lina.get('/api/v1/me/export')).json<Record<string, unknown>>()
  const tables = house.reader.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => name)
  const bears = (table: string): boolean => ['worker', 'alarm', 'holder'].includes(table) ||
    house.reader.all<{ name: string, table: string }>(`SELECT i.name, f."table" FROM pragma_table_info('${table}') i LEFT JOIN pragma_foreign_key_list('${table}') f ON f."from" = i.name`)
      .some((column) => ['worker', 'owner', 'holder', 'lane'].includes(column.name) || ['worker', 'alarm', 'shift', 'session', 'shortcut', 'drill', 'consent'].includes(column.table))
  t.same(tables.filter(bears).filter((table) => WHERE[table] === undefined), [], 'a new table of hers is put into the export, or it is said why not')
  for (const [table, where] of Object.entries(WHERE)) {
    t.ok(tables.includes(table), `${table} is there`)
    if ('in' in where) t.ok(where.in in exported, `${table} stands under ${where.in}`)
  }
})

t.test('a life in it: what she would look for is there, and no byte of anybody else', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker', new Phone(house), 'Lina-A')
  const eve = await house.join('worker', new Phone(house), 'Eve-Bee')
  const ana = await house.pair(lina, new Phone(house), 'Ana-A')
  const bea = await house.pair(eve, new Phone(house), 'Bea-Bee')
  for (const [who, contact, letter] of [[lina, ana, 'A'], [eve, bea, 'Bee']] as const) {
    const { version } = (await who.get('/api/v1/circle')).json<{ version: number }>()
    await who.ask({ method: 'PUT', url: '/api/v1/circle', body: { version, steps: [{ waitS: 30, assistWaitS: null, people: [contact.responder] }], note: `note-${letter}`, quietCheck: `keys-${letter}`, wishes: { ambulance: 'yes', police: 'no' }, mayKnow: [], sees: {} } })
    await who.post('/api/v1/shift/place', { place: `Hotel-${letter}`, plannedEndAt: house.clock.now() + 3_600_000, feedback: 0, house: false })
    await who.post('/api/v1/shortcuts')
    await who.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
    await who.press(`press-${letter}`)
    const alarm = (await who.get('/api/v1/alarms')).json().alarms[0].alarm as string
    await who.post(`/api/v1/alarms/${alarm}/close`, { pin: '4711' })
    await who.post('/api/v1/unlock', { pin: '4711' })
    await who.post(`/api/v1/history/${alarm}/keep`)
  }
  const reply = await lina.get('/api/v1/me/export')
  t.equal(reply.headers['content-disposition'], 'attachment; filename="data.json"')
  for (const word of ['Lina-A', 'Ana-A', 'note-A', 'keys-A', 'Hotel-A', 'circle-changed', 'alarm-kept', 'shortcut-made']) t.match(reply.body, word)
  const [linasId, evesId] = [house.idOf(lina, 'worker'), house.idOf(eve, 'worker')]
  t.match(reply.body, linasId)
  const history = (await lina.get('/api/v1/history')).body
  for (const body of [reply.body, history]) for (const other of ['-Bee', evesId, bea.responder]) t.notMatch(body, other)
  t.notMatch(reply.body, /4711|argon2|"hash"/, 'no secret of hers is in it either')
  t.match((await lina.get('/api/v1/journal')).json().lines.map(({ what }: { what: string }) => what), /exported/)
})

t.test('R15, R16: under duress it says what her screens say, in the same shape', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina, new Phone(house), 'Ana')
  const luc = await house.pair(lina, new Phone(house), 'Luc')
  await house.circle(lina, [ana.responder, luc.responder], [ana.responder])
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: '9058' } })
  await lina.post('/api/v1/unlock', { pin: '4711' })
  const truth = (await lina.get('/api/v1/me/export')).json<Record<string, unknown>>()
  await lina.post('/api/v1/lock')
  await lina.post('/api/v1/unlock', { pin: '9058' })
  await lina.ask({ method: 'DELETE', url: `/api/v1/contacts/${luc.responder}` })
  await lina.post('/api/v1/me/erasure', { words: null })
  const shown = (await lina.get('/api/v1/me/export')).json<Record<string, unknown>>()
  t.same(Object.keys(shown), Object.keys(truth))
  t.notMatch(JSON.stringify(shown['contacts']), /Luc/)
  t.ok(shown['erasesAt'])
  const whats = (shown['journal'] as { what: string }[]).map(({ what }) => what)
  t.same(whats.filter((what) => ['contact-removed', 'erasure-asked'].includes(what)).sort(), ['contact-removed', 'erasure-asked'])
  t.notMatch(JSON.stringify(shown), /duress/i)
  await lina.post('/api/v1/lock')
  await lina.post('/api/v1/unlock', { pin: '9058' })
  t.notMatch((await lina.get('/api/v1/contacts')).body, /Luc/, 'unlocked again, the lie still holds')
  await lina.post('/api/v1/lock')
  await lina.post('/api/v1/unlock', { pin: '4711' })
  const after = (await lina.get('/api/v1/journal')).json<{ lines: { what: string }[] }>().lines.map(({ what }) => what)
  t.same(after.filter((what) => ['contact-removed', 'erasure-asked'].includes(what)), [], 'and the true PIN shows what is')
  t.match((await lina.get('/api/v1/contacts')).body, /Luc/)
})

t.test('her journal tells of her PIN, her phones and her shortcuts', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  await lina.post('/api/v1/unlock', { pin: '4711' })
  const { shortcut } = (await lina.post('/api/v1/shortcuts')).json<{ shortcut: string }>()
  await lina.ask({ method: 'DELETE', url: `/api/v1/shortcuts/${shortcut}` })
  const tablet = await house.people.sessions.open({ is: 'worker', id: house.idOf(lina, 'worker') as never }, 'Tablet')
  await lina.ask({ method: 'DELETE', url: `/api/v1/sessions/${tablet.id}` })
  for (let n = 0; n < 5; n++) await lina.post('/api/v1/unlock', { pin: '0000' })
  const lines = async (): Promise<{ what: string, device?: string }[]> => (await lina.get('/api/v1/journal')).json().lines
  while (!(await lines()).some(({ what }) => what === 'pin-tried')) await new Promise(setImmediate)
  const known = new Map((await lines()).map(({ what, device }) => [what, device]))
  t.same([...known.keys()].sort(), ['pin-changed', 'pin-tried', 'session-ended', 'session-opened', 'shortcut-made', 'shortcut-revoked'])
  t.equal(known.get('session-opened'), 'Tablet')
  t.equal(known.get('session-ended'), 'Tablet')
})
