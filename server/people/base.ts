/** What every service of this folder stands on. */
import type { AlarmDesk } from '../engine/desk.ts'
import type { Clock } from '../clock/clock.ts'
import type { JournalRow } from '../store/people-rows.ts'
import type { PeopleStore, PeopleWrite, PeopleWrites, PeopleWritten } from '../store/people-store.ts'
import { StoreFailed } from '../store/store-failed.ts'
import type { PeopleDirectory } from './directory.ts'
import type { Refused } from './words.ts'

/** Running alarms, as far as people's services change or read them. */
export type Running = Pick<AlarmDesk, 'left' | 'leftAll' | 'leftRoom' | 'revoked' | 'pin' | 'workerAlarms'>

export class Base {
  readonly store: PeopleStore
  readonly directory: PeopleDirectory
  readonly clock: Clock
  /** Set once the engine stands on the directory; before that no alarm runs. */
  running: Running | null = null

  constructor (store: PeopleStore, directory: PeopleDirectory, clock: Clock) {
    this.store = store
    this.directory = directory
    this.clock = clock
  }

  get picture () { return this.directory.picture }
  get keyring () { return this.directory.keyring }
  get roster () { return this.directory.roster }

  /** On disk, and known to the directory. @throws StoreFailed */
  async write<N extends PeopleWrite> (name: N, args: Parameters<PeopleWrites[N]>[0], journal: readonly JournalRow[] = []): Promise<PeopleWritten<N>> {
    const written = await this.store.write(name, args, journal)
    await this.directory.refresh()
    return written
  }

  /** What it would answer; for a screen that is lied to (R16). @throws StoreFailed */
  async trial<N extends PeopleWrite> (name: N, args: Parameters<PeopleWrites[N]>[0]): Promise<PeopleWritten<N>> { return await this.store.trial(name, args) }

  /**
   * For what she takes back: the caller has already let it act in memory. When the disk fails the caller learns it
   * (`StoreFailed`, "not saved"), and it is written all the same as soon as the disk can. @throws StoreFailed
   */
  async insist<N extends PeopleWrite> (name: N, args: Parameters<PeopleWrites[N]>[0], journal: readonly JournalRow[] = []): Promise<PeopleWritten<N>> {
    try {
      return await this.write(name, args, journal)
    } catch (error) {
      if (error instanceof StoreFailed) void this.directory.recorder.keep(name, args, journal)
      throw error
    }
  }
}

export function refuse<C extends string> (code: C): Refused<C> { return { ok: false, code } }

type TextFault = 'TEXT_EMPTY' | 'TEXT_TOO_LONG'

/** Trimmed and normalised; lengths count what a person would call characters, roughly. */
export function readText (text: string, charsMax: number): { readonly ok: true, readonly text: string } | Refused<TextFault> {
  const trimmed = text.normalize('NFC').trim()
  if (trimmed === '') return refuse('TEXT_EMPTY')
  return [...trimmed].length > charsMax ? refuse('TEXT_TOO_LONG') : { ok: true, text: trimmed }
}
