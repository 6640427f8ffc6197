/** Collects the facts of one worker, from memory: cheap enough to be done whenever one of them may have changed. */
import type { ButtonRow, ShiftRow } from '../../store/people-rows.ts'
import { availableUntil } from '../available.ts'
import type { Base } from '../base.ts'
import type { ButtonBook } from '../button.ts'
import { BEAT_S, DEVICE_PROOF_MS } from '../limits.ts'
import { isDoubtful } from '../roster.ts'
import type { ResponderId, WorkerId } from '../words.ts'
import type { Devices } from './devices.ts'
import type { ButtonFact, Facts, PersonFact, Proof } from './facts.ts'
import type { Pages, ReadinessPorts, Vitals } from './ports.ts'
import type { PressedButtons } from './pressed.ts'
import { newer, proofOf, stampOf } from './stamp.ts'
import type { Stamp } from './stamp.ts'

/** Flags of the protocol's `health`. */
const FLAG_TAMPER = 1
const FLAG_LOW_BATTERY = 2

export type Sources = {
  readonly base: Base
  readonly buttons: ButtonBook
  readonly devices: Devices
  readonly pressed: PressedButtons
  /** null: the house is not open yet. */
  readonly ports: () => ReadinessPorts | null
  /** As they were at the last look. */
  readonly vitals: () => Vitals | null
  /** The first step as it is pretended to be (R16). null: the truth is shown. */
  readonly pretended: (worker: WorkerId) => readonly ResponderId[] | null
}

export type Gathered = Omit<Facts, 'people' | 'circleIsEmpty' | 'alarmEndedAt'>

export function gather (sources: Sources, worker: WorkerId, shift: ShiftRow | null): Gathered {
  const { base } = sources
  const vitals = sources.vitals()
  return {
    shift: shift === null ? 'none' : shift.room === null ? 'place' : 'room',
    doubtful: shift !== null && isDoubtful(shift, base.clock.now()),
    buttons: shift?.room == null ? [] : buttonsOf(base, worker, shift.room).map((row) => buttonFact(sources, shift, row)),
    phone: phoneFact(sources, worker),
    storeWorks: vitals?.storeWorks ?? null,
    onTime: vitals?.onTime ?? null,
    listening: vitals?.listening ?? null
  }
}

/** The first step that would be told, without authorities: they wait for the disk, and nothing of hers may lean on them. */
export function firstStep (base: Base, worker: WorkerId): readonly ResponderId[] {
  const { circles, contacts, responders } = base.picture.folk
  const hers = contacts.get(worker)
  for (const step of circles.get(worker) ?? []) {
    const live = step.people.filter((p) => hers?.get(p.responder)?.confirmed === true && responders.get(p.responder)?.kind !== 'authority')
    if (live.length > 0) return live.map((p) => p.responder as ResponderId)
  }
  return []
}

/** Those that she may press there: the house's and her own. */
export function buttonsOf (base: Base, worker: string, room: string): readonly ButtonRow[] {
  return (base.picture.places.buttonsOf.get(room) ?? []).filter((row) => row.retiredAt === null && (row.owner === null || row.owner === worker))
}

function buttonFact ({ base, buttons, pressed }: Sources, shift: ShiftRow, { did }: ButtonRow): ButtonFact {
  const { beat, heardMono, silent, trouble } = buttons.life(did)
  const proof = pressed.of(shift, did)
  const flags = beat?.flags ?? 0
  return {
    did,
    pressed: proof.pressed === null ? null : proofOf(proof.pressed, base.clock),
    changed: proof.changed,
    // A beat of an earlier life says when, and nothing of now.
    beat: beat === null ? null : { at: beat.at, ageMs: heardMono === null ? null : base.clock.mono() - heardMono },
    beatS: beat?.beatS ?? BEAT_S,
    gone: silent === 'sleeping' ? null : silent,
    batteryPct: beat?.batteryPct ?? null,
    batteryLow: (flags & FLAG_LOW_BATTERY) !== 0,
    trouble: trouble !== null || (flags & FLAG_TAMPER) !== 0
  }
}

function phoneFact ({ base, ports }: Sources, worker: WorkerId): Proof | null {
  const heard = ports()?.pages.of({ is: 'worker', id: worker }) ?? []
  const ages = heard.map(({ heardMono }) => base.clock.mono() - heardMono)
  if (ages.length === 0) return null
  const ageMs = Math.min(...ages)
  return { at: Math.round(base.clock.now() - ageMs) as Proof['at'], ageMs }
}

export function personFact (sources: Sources, worker: WorkerId, responder: ResponderId): PersonFact {
  const { base, devices, ports } = sources
  const row = base.picture.folk.responders.get(responder)
  const until = row === undefined ? null : availableUntil(row, base.clock.now())
  const pages = (ports()?.pages ?? NO_PAGES).of({ is: 'responder', id: responder })
  const foreignPages = pages.filter(({ session }) => !devices.isHers(worker, session))
  const signs = new Map(devices.of(responder).filter(([session]) => !devices.isHers(worker, session)).map(([session, { stamp }]): [string, Stamp] => [session, stamp]))
  for (const { session, heardMono } of foreignPages) {
    const heard = stampOf(base.clock, heardMono)
    signs.set(session, newer(signs.get(session) ?? null, heard) ?? heard)
  }
  const proofs = [...signs.values()].map((stamp) => proofOf(stamp, base.clock))
  const answered = [...signs.values()].reduce<Stamp | null>(newer, null)
  return {
    availableMs: until === null ? null : until - base.clock.now(),
    answered: answered === null ? null : proofOf(answered, base.clock),
    devices: proofs.filter(({ ageMs }) => ageMs !== null && ageMs <= DEVICE_PROOF_MS).length,
    way: wayTo(sources, worker, responder, foreignPages.length, pages.length),
    rings: foreignPages.some(({ session }) => devices.of(responder).some(([known, sign]) => known === session && sign.rings))
  }
}

function wayTo ({ base, devices }: Sources, worker: WorkerId, responder: ResponderId, foreignPages: number, pages: number): PersonFact['way'] {
  if (foreignPages > 0) return 'page'
  const endpoints = base.directory.of(responder)
  if (endpoints.some(({ url }) => !devices.isHerPush(worker, url))) return 'push'
  return endpoints.length > 0 || pages > 0 ? 'own' : 'none'
}

const NO_PAGES: Pages = { of: () => [], workers: () => [] }
