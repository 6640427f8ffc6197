/**
 * Everything that is kept of her, as she can read it page by page, with the veil over it: under duress the file says what
 * the screens say. Made of what those screens show and of nothing else, so that it can't tell more than they do.
 * `test/http/export.test.ts` holds it to every table that bears her id.
 */
import type { FastifyRequest } from 'fastify'
import type { Opened } from './guard.ts'
import { historyOf, shownAlarm } from './history.ts'
import { shownJournal } from './journal.ts'
import { shownOffers } from './offers.ts'
import type { RouteParts } from './parts.ts'
import { shownDrills } from './readiness.ts'
import { shownShortcuts } from './self.ts'
import { shownSessions } from './sessions.ts'
import { shownCircle, shownConsents, shownContacts, shownLeft, standingLie } from './shown-list.ts'

export async function exportOf (parts: RouteParts, request: FastifyRequest, opened: Opened): Promise<Readonly<Record<string, unknown>>> {
  const { people, clock } = parts
  const { worker, veil } = opened
  const { venues, agreements, buttons, shifts, codes } = await people.holdings.of(worker)
  const history = await historyOf(parts, opened)
  const wordsAt = await people.recovery.madeAt(worker)
  const erasesAt = people.erasures.of(worker)
  return {
    version: 1,
    madeAt: clock.now(),
    id: worker,
    self: people.workers.self(worker),
    circle: shownCircle(people, opened),
    contacts: shownContacts(people, opened),
    left: shownLeft(people, opened),
    offers: await shownOffers(people, opened),
    consents: shownConsents(people, opened),
    codes,
    shift: people.shifts.current(worker),
    shifts,
    deaf: await people.readiness.deafOf(worker),
    checkIn: people.checkIns.of(worker),
    drills: await shownDrills(people, opened),
    sessions: shownSessions(request, people, veil).filter(({ role }) => role === 'worker'),
    endpoints: people.herPhones.list(worker),
    shortcuts: shownShortcuts(people, opened),
    recoveryWordsMadeAt: veil?.over('words-at', wordsAt) ?? wordsAt,
    erasesAt: veil === null ? erasesAt : veil.over('erasure', erasesAt),
    venues: people.venues.list().filter(({ id }) => venues.includes(id)),
    agreements: veil === null ? agreements : people.standings.of(worker, standingLie(people, opened)).flatMap(({ venue, people: each }) => each.filter(({ agreed }) => agreed).map(({ responder }) => ({ venue, responder }))),
    buttons,
    historyDays: history.days,
    history: history.alarms.map((alarm) => shownAlarm(alarm, history.kept)),
    kept: history.kept === null ? null : shownAlarm(history.kept, history.kept),
    journal: await shownJournal(people, opened)
  }
}
