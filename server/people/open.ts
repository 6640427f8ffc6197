/** The people's side, put together: its services, and the directory that engine, notify and broker stand on. */
import type { Clock } from '../clock/clock.ts'
import type { WorkerId } from '../engine/ports.ts'
import type { PublishedList } from '../store/published-list.ts'
import type { PeopleStore } from '../store/people-store.ts'
import { HOUSE, Seal, SecretForeign } from '../store/seal.ts'
import { Base } from './base.ts'
import type { Running } from './base.ts'
import { ButtonBook } from './button.ts'
import { CheckIns } from './check-in.ts'
import { CheckInAnswers } from './check-in-answers.ts'
import { CheckInBook } from './check-in-book.ts'
import { CheckInWatch } from './check-in-watch.ts'
import type { WatchParts } from './check-in-watch.ts'
import { Circles } from './circle.ts'
import { Consents } from './consent.ts'
import { PeopleDirectory } from './directory.ts'
import type { DirectoryLog } from './directory.ts'
import { EndpointBook } from './endpoint.ts'
import { Erasures } from './erasure.ts'
import { HerPhoneBook } from './her-phone.ts'
import { Histories } from './history.ts'
import { Homes } from './home.ts'
import { Invites } from './invite.ts'
import { Joinings } from './joining.ts'
import { LeftWatch } from './left-watch.ts'
import { Journals } from './journal.ts'
import { ALARM_DAYS, DOUBTFUL_MS, DRILL_KEPT_MS, JOURNAL_KEPT_MS, KEPT_ALARM_MS, SESSION_MS, SHIFT_KEPT_MS, UNCONFIRMED_MS } from './limits.ts'
import { Offers } from './offer.ts'
import { Pairing } from './pairing.ts'
import { Pins } from './pin.ts'
import type { ReachOf } from './plan.ts'
import type { HerAlarms, Traces } from './privacy-services.ts'
import { Recovery } from './recovery.ts'
import { MayKnow } from './may-know.ts'
import { openReadiness } from './readiness/open.ts'
import { readyOf } from './readiness/shown.ts'
import type { OpenReadiness } from './readiness/open.ts'
import { Responders } from './responder.ts'
import { RoomWatch } from './room-watch.ts'
import type { People } from './services.ts'
import { Rotas } from './rota.ts'
import { Sessions } from './session.ts'
import { Shifts } from './shift.ts'
import { Shortcuts } from './shortcut.ts'
import { ShortcutUses } from './shortcut-use.ts'
import { Signs } from './signs.ts'
import { SlowTime } from './slow-time.ts'
import type { StatisticsKeeper } from './statistic-services.ts'
import { Statistics } from './statistics.ts'
import { VeilBook } from './veil-book.ts'
import { Venues } from './venue.ts'
import { followStanding } from './standing-gone.ts'
import { Standings } from './standing.ts'
import { TestWindows } from './window.ts'
import { Workers } from './worker.ts'

export type PeopleParts = {
  readonly store: PeopleStore
  /** VEILLEUSE_SECRET: seals personal fields; at least 16 bytes. */
  readonly secret: string | Uint8Array
  readonly clock: Clock
  /** What notify knows of a responder's devices. */
  readonly reachOf: ReachOf
  readonly log: DirectoryLog
  /** What erasing does outside the rows. */
  readonly traces: Traces
  /** What was published, outside data and backups. */
  readonly publishedList: PublishedList
}

export type OpenPeople = {
  readonly people: People
  readonly directory: PeopleDirectory
  readonly statistics: StatisticsKeeper
  readonly ready: Pick<OpenReadiness, 'start' | 'watch'>
  /** Once the engine runs: removals and revocations act in running alarms at once. */
  runs (running: Running): void
  /** Watches over what was promised (R17). Returns the way to stop. */
  watch (parts: WatchParts): () => void
  /** Running alarms of hers: what is erased waits for them. */
  knows (alarms: HerAlarms): void
  /** Follows what other processes (the command line) write. Returns the way to stop. */
  follow (): () => void
  /** Erases what is due. Never rejects: what can't be done is tried again. */
  eraseDue (): Promise<void>
  /** Now and from now on. */
  keepErasing (): void
  /**
   * R21's hourly job. `busy`: workers with an alarm that is not settled, whose consents live on. `onShift`: those of them
   * whose alarm is not settled as anyone may perceive it: a shift that did not end by itself would tell of a duress PIN
   * (R15). @throws StoreFailed
   */
  retain (busy: readonly WorkerId[], onShift?: readonly WorkerId[]): Promise<void>
  /** Saves what is in memory only; nothing is tried again after this. */
  stop (): Promise<void>
}

/** Reads everything once. @throws SealMisuse the secret is too short. @throws SecretForeign another one sealed what is here. @throws StoreFailed the first read failed: there is no picture to fall back on */
export async function openPeople ({ store, secret, clock, reachOf, log, traces, publishedList }: PeopleParts): Promise<OpenPeople> {
  const directory = new PeopleDirectory({ store, seal: new Seal(secret), clock, reachOf, log })
  const base = new Base(store, directory, clock)
  followStanding(base)
  const [pins, veils, venues] = [new Pins(base), new VeilBook(base), new Venues(base)]
  const time = new SlowTime(clock, await store.privacy.tidiedAt())
  const [erasures, buttons] = [new Erasures(base, time, traces, log), new ButtonBook(base)]
  const promises = promisesOf(base, veils, (worker) => { homes.changed(worker) })
  const checkIns = new CheckIns(base, promises)
  const [shifts, uses] = [new Shifts(base, venues, promises.isPretendedEmpty, promises.changed), new ShortcutUses(base, promises.changed)]
  const shortcuts = new Shortcuts(base, uses, promises.changed)
  const homes = new Homes({
    checkIn: (worker) => checkIns.of(worker),
    readiness: (worker) => readyOf(ready.watch.told(worker)),
    shortcut: (worker) => shortcuts.usedLately(worker),
    leftAt: (worker) => left.of(worker),
    joins: (worker) => shifts.joins(worker)
  })
  const statistics = new Statistics(base, new RoomWatch(base, buttons), { publishedList, log })
  const ready = openReadiness(base, buttons, veils)
  const mayKnow = mayKnowOf(base, ready.watch)
  const left = leftWatch(base, ready, veils, promises.changed)
  const people: People = {
    ...booksOf(base, mayKnow),
    pins,
    veils,
    shortcuts,
    homes,
    checkIns,
    circles: new Circles(base),
    venues,
    buttons,
    shifts,
    statistics,
    recovery: new Recovery(base),
    joinings: new Joinings(base),
    histories: new Histories(base, time, traces, statistics),
    erasures,
    holdings: { of: async (worker) => await store.privacy.holdings(worker) },
    readiness: ready.readiness,
    drills: ready.drills
  }
  await loadAll(base, [buttons, veils, uses, ready.watch])
  return {
    people,
    directory,
    statistics,
    ready,
    runs: (running) => { base.running = running },
    watch: (parts) => { mayKnow.reminders = parts.reminders; return new CheckInWatch(base, promises, parts).start() },
    knows: (alarms) => { erasures.alarms = alarms },
    follow: () => directory.follow(),
    eraseDue: () => erasures.look(),
    keepErasing: () => { erasures.follow() },
    retain: async (busy, onShift = busy) => { await retain(base, { statistics, time, traces }, { busy, onShift }) },
    stop: async () => {
      for (const part of [erasures, left, ready.watch, directory.recorder, uses, buttons]) await part.stop()
    }
  }
}

function mayKnowOf (base: Base, watch: Pick<OpenReadiness['watch'], 'isQuiet'>): MayKnow {
  const mayKnow = new MayKnow(base, (worker) => watch.isQuiet(worker))
  base.directory.deviceGone = (responder) => { mayKnow.deviceGone(responder) }
  return mayKnow
}

function promisesOf (base: Base, veils: VeilBook, changed: (worker: WorkerId) => void) {
  const book = new CheckInBook(base)
  return { book, answers: new CheckInAnswers(base, book, changed), signs: new Signs(base), changed, isPretendedEmpty: (worker: WorkerId) => veils.lie(worker)?.firstStep.length === 0 }
}

function leftWatch (base: Base, { watch }: OpenReadiness, veils: VeilBook, changed: (worker: WorkerId) => void): LeftWatch {
  veils.onChanged(changed)
  return new LeftWatch(base, { quiet: (worker) => watch.quiet(worker), lie: (worker) => veils.lie(worker), changed, remind: (worker) => { watch.remind(worker, 'somebody-left') } })
}

/** The picture first: everything else is read with the keys that are in it. */
async function loadAll (base: Base, parts: readonly { load (): Promise<void> }[]): Promise<void> {
  const { directory } = base
  await directory.load()
  requireOpens(directory)
  if (!directory.picture.keys.has(HOUSE)) await base.write('makeHouseKey', { key: { holder: HOUSE, wrapped: directory.keyring.makeKey(HOUSE).wrapped } })
  for (const part of parts) await part.load()
}

/** Those that need nothing but each their own rows. */
function booksOf (base: Base, mayKnow: MayKnow) {
  return {
    sessions: new Sessions(base),
    invites: new Invites(base),
    journals: new Journals(base),
    workers: new Workers(base),
    responders: new Responders(base, mayKnow),
    endpoints: new EndpointBook(base, mayKnow),
    herPhones: new HerPhoneBook(base),
    pairing: new Pairing(base),
    consents: new Consents(base),
    offers: new Offers(base),
    rotas: new Rotas(base),
    standings: new Standings(base),
    windows: new TestWindows(base)
  }
}

/** First the count: in which venue an alarm was, its shift says, and that is about to go; as it does, counted or not. */
type Retaining = { readonly statistics: StatisticsKeeper, readonly time: SlowTime, readonly traces: Traces }
type HeldBack = { readonly busy: readonly WorkerId[], readonly onShift: readonly WorkerId[] }

async function retain (base: Base, { statistics, time, traces }: Retaining, held: HeldBack): Promise<void> {
  const counted = statistics.collect()
  await Promise.allSettled([counted])
  const at = time.now()
  await base.write('forgetDrills', { before: at - DRILL_KEPT_MS })
  await base.write('retain', {
    at, endedBefore: at - SHIFT_KEPT_MS, plannedBefore: at - DOUBTFUL_MS, unconfirmedBefore: at - UNCONFIRMED_MS, sessionsBefore: at - SESSION_MS, journalBefore: at - JOURNAL_KEPT_MS, ...held
  })
  await base.write('tidy', { at, daysDefault: ALARM_DAYS, keptMs: KEPT_ALARM_MS })
  await traces.emptyWal()
  await counted
}

/**
 * With another key every name would be blank, every push endpoint dead and every button refused, in silence; and what
 * is written from then on could not be read with the right one.
 */
function requireOpens ({ picture, keyring }: PeopleDirectory): void {
  if (picture.keys.has(HOUSE) && keyring.key(HOUSE) === null) throw new SecretForeign()
}
