/** The people's services in memory: small, and true to their docstrings as far as HTTP can see. */
import { randomBytes } from 'node:crypto'
import type { EpochMs, WorkerId, ResponderId, VenueId, RoomId } from '../../server/people/words.ts'
import type { People, SessionOpened } from '../../server/people/services.ts'
import type { Circle, Contact } from '../../server/people/circle-services.ts'
import type { Room, Shift, Venue } from '../../server/people/place-services.ts'
import type { ConsentId, EndpointId, SessionId, ShortcutId, Who } from '../../server/people/words.ts'
import type { Clock } from '../../server/clock/clock.ts'

const token = (): string => randomBytes(32).toString('base64url')
const id = (): string => randomBytes(9).toString('base64url')
const no = <C extends string>(code: C): { ok: false, code: C } => ({ ok: false, code })

type Session = { id: SessionId, who: Who, device: string, openedAt: EpochMs }

export function smallPeople (clock: Clock): People {
  const sessions = new Map<string, Session>()
  const invites = new Map<string, { role: 'worker' | 'technician' | 'researcher' | 'reference-person', venue: VenueId | null }>()
  const workers = new Map<WorkerId, { alias: string, language: 'fr' | 'nl' | 'en', pin: string | null, duress: string | null }>()
  const responders = new Map<ResponderId, { name: string, kind: Contact['kind'], language: 'fr' | 'nl' | 'en' }>()
  const contacts = new Map<WorkerId, Map<ResponderId, { confirm: string, confirmed: boolean }>>()
  const codes = new Map<string, WorkerId>()
  const circles = new Map<WorkerId, Circle>()
  const venues: Venue[] = []
  const rooms: Room[] = []
  const buttons: { did: string, room: RoomId, venue: VenueId, retired: boolean }[] = []
  const shifts = new Map<WorkerId, Shift>()
  const shortcuts = new Map<string, { id: ShortcutId, worker: WorkerId, madeAt: EpochMs }>()
  const endpoints = new Map<ResponderId, Map<EndpointId, string>>()
  const windows = new Map<string, { for: 'test' | 'shift', closesAt: EpochMs, used: boolean }>()
  const consents = new Map<ConsentId, { worker: WorkerId, responder: ResponderId, wording: string, givenAt: EpochMs, revokedAt: EpochMs | null }>()
  const listeners = new Set<(session: SessionId) => void>()

  const open = (who: Who, device: string): SessionOpened => {
    const opened = token()
    const session = { id: id() as SessionId, who, device, openedAt: clock.now() }
    sessions.set(opened, session)
    return { id: session.id, token: opened, who }
  }
  const closesAt = (): EpochMs => clock.now() + 120_000 as EpochMs
  const hers = (worker: WorkerId): Map<ResponderId, { confirm: string, confirmed: boolean }> => {
    const known = contacts.get(worker) ?? new Map<ResponderId, { confirm: string, confirmed: boolean }>()
    contacts.set(worker, known)
    return known
  }
  const start = (worker: WorkerId, room: RoomId | null, place: string | null, wish: { plannedEndAt: EpochMs, feedback: number, house: boolean }): Shift => {
    const shift: Shift = { id: id() as Shift['id'], room, place, startedAt: clock.now(), plannedEndAt: wish.plannedEndAt, doubtful: false, feedback: wish.feedback, house: wish.house, provenAt: null }
    shifts.set(worker, shift)
    return shift
  }

  return {
    sessions: {
      open: async (who, device) => open(who, device),
      find: (given) => {
        const found = sessions.get(given)
        return found === undefined ? null : { id: found.id, who: found.who, usedAt: found.openedAt }
      },
      rotate: async (old) => {
        const found = sessions.get(old)
        if (found === undefined) return no('SESSION_NOT_FOUND')
        const fresh = token()
        sessions.set(fresh, found)
        return { ok: true, token: fresh }
      },
      list: (who, current) => [...new Set(sessions.values())].filter((s) => s.who.is === who.is && s.who.id === who.id)
        .map((s) => ({ id: s.id, device: s.device, openedAt: s.openedAt, usedAt: s.openedAt, current: s.id === current })),
      revoke: async (who, session) => {
        const found = [...sessions].filter(([, s]) => s.id === session && s.who.id === who.id)
        if (found.length === 0) return no('SESSION_NOT_FOUND')
        for (const [key] of found) sessions.delete(key)
        for (const heard of listeners) heard(session)
        return { ok: true }
      },
      onRevoked: (listener) => {
        listeners.add(listener)
        return () => { listeners.delete(listener) }
      }
    },
    invites: {
      make: async (role, venue) => {
        const code = token()
        invites.set(code, { role, venue })
        return { ok: true, code, expiresAt: clock.now() + 1e9 as EpochMs }
      },
      look: async (code) => {
        const found = invites.get(code)
        return found === undefined ? null : { role: found.role, expiresAt: clock.now() + 1e9 as EpochMs }
      },
      accept: async (code, joining) => {
        const found = invites.get(code)
        if (found === undefined) return no('INVITE_NOT_FOUND')
        if (found.role !== joining.role) return no('ROLE_MISMATCH')
        invites.delete(code)
        if (joining.role === 'worker') {
          const worker = id() as WorkerId
          workers.set(worker, { alias: joining.alias, language: joining.language, pin: null, duress: null })
          return { ok: true, session: open({ is: 'worker', id: worker }, joining.device) }
        }
        if (joining.role === 'reference-person') {
          const responder = id() as ResponderId
          responders.set(responder, { name: joining.name, kind: 'reference-person', language: joining.language })
          return { ok: true, session: open({ is: 'responder', id: responder }, joining.device) }
        }
        const who = joining.role === 'technician' ? { is: 'technician', id: id(), venue: found.venue } : { is: 'researcher', id: id() }
        return { ok: true, session: open(who as Who, joining.device) }
      }
    },
    workers: {
      self: (worker) => {
        const found = workers.get(worker)
        return found === undefined ? null : { alias: found.alias, language: found.language, hasPin: found.pin !== null }
      },
      change: async (worker, change) => {
        const found = workers.get(worker)
        if (found === undefined) return no('WORKER_NOT_FOUND')
        Object.assign(found, change)
        return { ok: true }
      }
    },
    pins: {
      verify: async (worker, pin) => {
        const found = workers.get(worker)
        if (found === undefined || found.pin === null) return 'unset'
        return pin === found.pin ? 'true' : pin === found.duress ? 'duress' : 'wrong'
      },
      set: async (worker, current, pin, duress) => {
        const found = workers.get(worker)
        if (found === undefined) return no('WORKER_NOT_FOUND')
        if (current !== found.pin) return no('PIN_WRONG')
        if (duress !== null && duress.length !== pin.length) return no('PIN_FORMAT')
        Object.assign(found, { pin, duress })
        return { ok: true }
      }
    },
    shortcuts: {
      make: async (worker) => {
        const made = token()
        const shortcut = { id: id() as ShortcutId, worker, madeAt: clock.now() }
        shortcuts.set(made, shortcut)
        return { ok: true, id: shortcut.id, token: made }
      },
      find: (given) => shortcuts.get(given)?.worker ?? null,
      list: (worker) => [...shortcuts.values()].filter((s) => s.worker === worker).map(({ id: shortcut, madeAt }) => ({ id: shortcut, madeAt })),
      revoke: async (worker, shortcut) => {
        for (const [key, found] of shortcuts) {
          if (found.id !== shortcut || found.worker !== worker) continue
          shortcuts.delete(key)
          return { ok: true }
        }
        return no('SHORTCUT_NOT_FOUND')
      }
    },
    responders: {
      self: (responder) => {
        const found = responders.get(responder)
        return found === undefined ? null : { ...found, circles: [...contacts.values()].filter((c) => c.has(responder)).length }
      },
      change: async (responder, change) => {
        const found = responders.get(responder)
        if (found === undefined) return no('RESPONDER_NOT_FOUND')
        Object.assign(found, change)
        return { ok: true }
      },
      leave: async (responder) => {
        for (const each of contacts.values()) each.delete(responder)
        return { ok: true }
      }
    },
    endpoints: {
      subscribe: async (responder, subscription) => {
        const endpoint = id() as EndpointId
        endpoints.set(responder, new Map([[endpoint, subscription.url]]))
        return { ok: true, id: endpoint }
      },
      unsubscribe: async (responder, endpoint) => endpoints.get(responder)?.delete(endpoint) === true ? { ok: true } : no('ENDPOINT_NOT_FOUND'),
      list: (responder) => [...endpoints.get(responder)?.keys() ?? []].map((endpoint) => ({ id: endpoint, text: 'full', language: 'en', provesShown: true, addedAt: clock.now() }))
    },
    pairing: {
      begin: async (worker) => {
        const code = randomBytes(4).toString('hex').toUpperCase()
        codes.set(code, worker)
        return { ok: true, code, expiresAt: clock.now() + 1e6 as EpochMs }
      },
      look: async (code) => codes.has(code) ? { expiresAt: clock.now() + 1e6 as EpochMs } : null,
      join: async (code, joining) => {
        const worker = codes.get(code)
        if (worker === undefined) return no('CODE_NOT_FOUND')
        codes.delete(code)
        const responder = id() as ResponderId
        responders.set(responder, joining)
        hers(worker).set(responder, { confirm: '123456', confirmed: false })
        return { ok: true, session: open({ is: 'responder', id: responder }, joining.device), confirm: '123456' }
      },
      joinAs: async (code, responder) => {
        const worker = codes.get(code)
        if (worker === undefined) return no('CODE_NOT_FOUND')
        if (hers(worker).has(responder)) return no('ALREADY_JOINED')
        codes.delete(code)
        hers(worker).set(responder, { confirm: '123456', confirmed: false })
        return { ok: true, confirm: '123456' }
      },
      contacts: (worker) => [...hers(worker)].map(([responder, { confirmed }]) => {
        const { name, kind } = responders.get(responder) ?? { name: '', kind: 'contact' }
        return { responder, name, kind, joinedAt: clock.now(), confirmed, mayKnow: false, sees: { alias: false, room: true, address: false } }
      }),
      confirm: async (worker, responder, code) => {
        const found = hers(worker).get(responder)
        if (found === undefined) return no('CONTACT_NOT_FOUND')
        if (found.confirm !== code.replaceAll(' ', '')) return no('CONFIRM_WRONG')
        found.confirmed = true
        return { ok: true }
      },
      remove: async (worker, responder) => hers(worker).delete(responder) ? { ok: true } : no('CONTACT_NOT_FOUND')
    },
    circles: {
      get: (worker) => circles.get(worker) ?? { version: 0, steps: [], note: null, quietCheck: null, wishes: { ambulance: 'ask-me', police: 'no' }, mayKnow: [], sees: {} },
      put: async (worker, edit, version) => {
        if (version !== (circles.get(worker)?.version ?? 0)) return no('CIRCLE_CHANGED')
        if (edit.steps.length === 0) return no('CIRCLE_EMPTY')
        if (edit.steps.some(({ people }) => people.some((each) => !hers(worker).has(each)))) return no('NOT_HER_CONTACT')
        const circle = { ...edit, version: version + 1 }
        circles.set(worker, circle)
        return { ok: true, circle }
      }
    },
    consents: {
      give: async (worker, responder, wording) => {
        if (!hers(worker).has(responder)) return no('NOT_HER_CONTACT')
        const consent = id() as ConsentId
        consents.set(consent, { worker, responder, wording, givenAt: clock.now(), revokedAt: null })
        return { ok: true, id: consent }
      },
      revoke: async (worker, consent) => {
        const found = consents.get(consent)
        if (found === undefined || found.worker !== worker) return no('CONSENT_NOT_FOUND')
        consents.set(consent, { ...found, revokedAt: clock.now() })
        return { ok: true }
      },
      list: (worker) => [...consents].filter(([, c]) => c.worker === worker).map(([consent, { worker: _, ...c }]) => ({ id: consent, ...c, live: c.revokedAt === null }))
    },
    venues: {
      add: async (name, regime) => {
        const venue = { id: id() as VenueId, name, regime }
        venues.push(venue)
        return { ok: true, venue }
      },
      list: () => venues,
      addRoom: async (venue, label, address) => {
        if (rooms.some((r) => r.venue === venue && r.label === label)) return no('LABEL_TAKEN')
        const room = { id: id() as RoomId, venue, label, address }
        rooms.push(room)
        return { ok: true, room }
      },
      rooms: (venue) => rooms.filter((r) => r.venue === venue),
      room: (room) => rooms.find((r) => r.id === room) ?? null,
      roomToken: (room) => Buffer.from(`token-of-${room}`).toString('base64url'),
      setDuty: async () => ({ ok: true }),
      setStanding: async () => ({ ok: true }),
      agreeStanding: async () => ({ ok: true })
    },
    buttons: {
      add: async (room) => {
        const did = randomBytes(8).toString('hex')
        buttons.push({ did, room, venue: rooms.find((r) => r.id === room)?.venue ?? '' as VenueId, retired: false })
        return { ok: true, button: { did: did as never, root: randomBytes(32).toString('hex'), mqttUsername: did, mqttPassword: token() } }
      },
      list: (venue) => buttons.filter((b) => b.venue === venue).map((b) => ({
        ...b, did: b.did as never, model: null, fw: null, batteryPct: 80, rssiDbm: -60, flags: null, beatS: 30, lastBeatAt: null, silent: null, trouble: null
      })),
      retire: async (venue, did) => {
        const found = buttons.find((b) => b.venue === venue && b.did === did)
        if (found === undefined) return no('BUTTON_NOT_FOUND')
        found.retired = true
        return { ok: true }
      },
      find: () => null,
      heard: () => {},
      silent: () => {},
      trouble: () => {}
    },
    shifts: {
      openWindow: (worker, room) => {
        if (!rooms.some((r) => r.id === room)) return no('ROOM_NOT_FOUND')
        windows.set(worker, { for: 'shift', closesAt: closesAt(), used: false })
        return { ok: true, closesAt: closesAt() }
      },
      startByQr: async (worker, given, wish) => {
        const room = rooms.find((r) => Buffer.from(`token-of-${r.id}`).toString('base64url') === given)
        if (room === undefined) return no('ROOM_NOT_FOUND')
        return shifts.has(worker) ? no('ALREADY_ON_SHIFT') : { ok: true, shift: start(worker, room.id, null, wish) }
      },
      startAtPlace: async (worker, place, wish) => shifts.has(worker) ? no('ALREADY_ON_SHIFT') : { ok: true, shift: start(worker, null, place, wish) },
      ask: () => no('ROOM_NOT_FOUND'),
      asked: () => [],
      approve: async () => no('REQUEST_NOT_FOUND'),
      refuse: () => no('REQUEST_NOT_FOUND'),
      current: (worker) => shifts.get(worker) ?? null,
      change: async (worker, change) => {
        const shift = shifts.get(worker)
        if (shift === undefined) return no('NO_SHIFT')
        const changed = { ...shift, ...change }
        shifts.set(worker, changed)
        return { ok: true, shift: changed }
      },
      end: async (worker) => shifts.delete(worker) ? { ok: true } : no('NO_SHIFT')
    },
    windows: {
      openTest: (worker, room) => {
        if (room !== null && !rooms.some((r) => r.id === room)) return no('ROOM_NOT_FOUND')
        windows.set(worker, { for: 'test', closesAt: closesAt(), used: false })
        return { ok: true, closesAt: closesAt() }
      },
      openTechnicianTest: (venue, did) => {
        if (!buttons.some((b) => b.venue === venue && b.did === did)) return no('BUTTON_NOT_FOUND')
        windows.set(did, { for: 'test', closesAt: closesAt(), used: false })
        return { ok: true, closesAt: closesAt() }
      },
      ofWorker: (worker) => windows.get(worker) ?? null,
      ofButton: (_venue, did) => windows.get(did) ?? null,
      close: (worker) => { windows.delete(worker) }
    }
  }
}
