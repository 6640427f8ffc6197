/**
 * One turn of one alarm: a draft that the rules work on, and what comes out of it. One turn tells one person at most
 * once, the gravest thing. Mutable inside, values outside: `close` returns the very alarm it began with when nothing changed.
 */
import { AlarmFault, assertNever } from './alarm.ts'
import type { Alarm, Effect, EpochMs, Note, Person, Phase, Reason, Recipient, ResponderId, Told, What } from './alarm.ts'
import { callsMost, factsMost, later, reminderWaitMs } from './limits.ts'

export type Turn = { readonly alarm: Alarm, readonly effects: readonly Effect[], readonly notes: readonly Note[] }

/** What may ever change of a person: not who they are, in which step, nor whether they may know. */
type Revision = Partial<Omit<Person, 'who' | 'step' | 'mayKnow'>>

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

export class Draft {
  readonly before: Alarm
  #alarm: Alarm
  /** The one copy of this turn, which nobody else has seen yet; null until something changes. */
  #own: Mutable<Alarm> | null = null
  readonly notes: Note[] = []
  readonly #warnings: Reason[] = []
  /** Whoever is told in this turn. */
  readonly #told: ResponderId[] = []

  constructor (before: Alarm) {
    this.before = before
    this.#alarm = before
  }

  get alarm (): Alarm { return this.#alarm }

  change (part: Partial<Alarm>): void { Object.assign(this.#copy(), part) }

  phase (phase: Phase): void { this.#copy().phase = phase }

  person (id: ResponderId): Person | undefined { return this.alarm.people.find((p) => p.who.id === id) }

  revise (id: ResponderId, part: Revision): void {
    this.#copy().people = this.alarm.people.map((p) => p.who.id === id ? revised(p, part) : p)
  }

  note (at: EpochMs, reason: Reason, { who, step, minutes, kind, why }: Omit<Note, 'at' | 'reason'> = {}): void {
    const note: Mutable<Note> = { at, reason }
    if (who !== undefined) note.who = who
    if (step !== undefined) note.step = step
    if (minutes !== undefined) note.minutes = minutes
    if (kind !== undefined) note.kind = kind
    if (why !== undefined) note.why = why
    this.notes.push(note)
    const facts = this.alarm.facts
    const kept = facts.length < factsMost ? facts : [...facts.slice(0, 1), ...facts.slice(2)]
    this.#copy().facts = [...kept, note]
  }

  /** For the operator's log. Never under duress: a log line too could be read by the wrong person. */
  warn (reason: Reason): void {
    if (!this.alarm.duress) this.#warnings.push(reason)
  }

  /**
   * Tells a person. Under duress every alert is the discreet one (R15). `reminders` counts the reminders already
   * given; null: no reminder follows by itself.
   */
  tell (id: ResponderId, wanted: What, at: EpochMs, reminders: number | null): void {
    const person = this.person(id)
    if (person === undefined || person.standing !== 'in') return
    const what = this.alarm.duress && (wanted === 'alert' || wanted === 'again') ? 'duress' : wanted
    const already = this.#told.includes(id) ? person.told : null
    const n = already?.n ?? (person.told?.n ?? 0) + 1
    const told: Told = {
      n,
      what: already === null ? what : graver(already.what, what),
      since: at,
      level: 'queued',
      reminders: reminders ?? 0,
      remindAt: reminders === null || this.alarm.kind === 'test' ? null : later(at, reminderWaitMs(reminders))
    }
    if (already === null) this.#told.push(id)
    this.revise(id, { told, calls: callsAfter(person.calls, told) })
  }

  /** Takes back what this turn would have told those who had heard nothing before it, and says who they are. */
  untellNewcomers (): void {
    if (this.#told.length === 0) return
    const people = this.alarm.people.map((p) => {
      const was = this.before.people.find((b) => b.who.id === p.who.id)
      if ((was?.told ?? null) !== null || !this.#untell(p.who.id)) return p
      return revised(p, { told: null, calls: [] })
    })
    this.change({ people })
  }

  /** Sends the last word to a person, whatever this turn told them before. */
  tellLast (id: ResponderId, what: What, at: EpochMs, reminders: number | null): void {
    const person = this.person(id)
    const was = this.before.people.find((b) => b.who.id === id)
    if (this.#untell(id)) this.revise(id, { told: was?.told ?? null, calls: was?.calls ?? person?.calls ?? [] })
    this.tell(id, what, at, reminders)
  }

  close (): Turn {
    const effects: Effect[] = []
    for (const { who, told, standing } of this.#told.length === 0 ? [] : this.alarm.people) {
      // What fell due in the turn in which they left is not told any more.
      if (this.#told.includes(who.id) && told !== null && standing !== 'gone') effects.push(telling(who, told.n, told.what))
    }
    for (const reason of this.#warnings) effects.push({ when: 'now', do: 'warn', reason })
    return { alarm: this.alarm, effects, notes: this.notes }
  }

  /** A copy for each change was an eighth of a simulated year. */
  #copy (): Mutable<Alarm> {
    this.#own ??= copyOfAlarm(this.before)
    this.#alarm = this.#own
    return this.#own
  }

  /** False: this turn told them nothing. */
  #untell (id: ResponderId): boolean {
    const at = this.#told.indexOf(id)
    if (at >= 0) this.#told.splice(at, 1)
    return at >= 0
  }
}

/**
 * The only place where a telling becomes an effect. An authority's needs the consent id that its type carries, and
 * waits for the durable row (R6); so does whatever reassures (R1).
 */
export function telling (to: Recipient, n: number, what: What): Effect & { readonly do: 'tell' } {
  if (to.kind === 'authority' && !to.consent) throw new AlarmFault('an authority is never told without her consent')
  if (what === 'coming' || what === 'stand-down') return { when: 'durable', do: 'tell', to, n, what }
  return to.kind === 'authority'
    ? { when: 'durable', do: 'tell', to, n, what }
    : { when: 'now', do: 'tell', to, n, what }
}

// Copies written out: whichever rule made it, an alarm, a person or a telling then has one shape for the machine. A
// spread makes a shape of its own wherever it is written, and what has many is slow to read at every later fact.

function copyOfAlarm (a: Alarm): Alarm {
  return {
    version: a.version, id: a.id, lane: a.lane, kind: a.kind, openedAt: a.openedAt, steps: a.steps, presses: a.presses, people: a.people,
    phase: a.phase, over: a.over, saidSafe: a.saidSafe, askedAllAt: a.askedAllAt, duress: a.duress, ended: a.ended, facts: a.facts
  }
}

/** What stays the same of a person is not written in `part`; null is a value. */
export function revised (p: Person, { reach = p.reach, standing = p.standing, told = p.told, calls = p.calls, called = p.called, answer = p.answer }: Revision): Person {
  return { who: p.who, step: p.step, mayKnow: p.mayKnow, reach, standing, told, calls, called, answer }
}

/** What stays the same of a telling is not written in `part`; null is a value. */
export function retold (t: Told, { level = t.level, reminders = t.reminders, remindAt = t.remindAt }: Partial<Pick<Told, 'level' | 'reminders' | 'remindAt'>>): Told {
  return { n: t.n, what: t.what, since: t.since, level, reminders, remindAt }
}

/** No reminder follows by itself any more. */
export function unreminded (person: Person): Person {
  return person.told === null ? person : revised(person, { told: retold(person.told, { remindAt: null }) })
}

/** What a receipt of this telling proves: that she was called, that they know somebody is coming, that it is over. */
export function meaningOf (what: What): 'called' | 'coming' | 'over' {
  switch (what) {
    case 'alert':
    case 'again':
    case 'ask-arrival':
    case 'ask-over':
    case 'duress': return 'called'
    case 'coming': return 'coming'
    case 'stand-down': return 'over'
    default: return assertNever(what)
  }
}

const gravity: Readonly<Record<What, number>> = {
  duress: 6, alert: 5, again: 4, 'ask-arrival': 3, 'ask-over': 2, 'stand-down': 1, coming: 0
}

function graver (a: What, b: What): What {
  return gravity[b] > gravity[a] ? b : a
}

function callsAfter (calls: readonly number[], told: Told): readonly number[] {
  const others = calls.includes(told.n) ? calls.filter((n) => n !== told.n) : calls
  if (meaningOf(told.what) !== 'called') return others
  return others.length < callsMost ? [...others, told.n] : [...others, told.n].slice(-callsMost)
}
