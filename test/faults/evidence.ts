import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Alarm } from '../../server/alarm/alarm.ts'
import { masterKey } from '../../server/config/master-key.ts'
import { databaseFile } from '../../server/config/files.ts'
import { identity } from '../../server/engine/identity.ts'
import { Keyring } from '../../server/people/keyring.ts'
import { Seal } from '../../server/store/seal.ts'
import type { FullHouse } from './full-house.ts'
import type { ServiceProcess } from './service-process.ts'

/** Reads the disk with eyes of its own, beside the service or after it. */
export class Evidence {
  readonly #db: Database.Database
  readonly #service: ServiceProcess

  constructor (service: ServiceProcess) {
    this.#service = service
    this.#db = new Database(join(databaseFile(service.config)), { readonly: true, fileMustExist: true })
  }

  close (): void { this.#db.close() }

  /** Presses that were acknowledged and are not there. Must be empty. */
  lost (house: FullHouse): readonly string[] {
    const wrapped = this.#db.prepare('SELECT wrapped FROM data_key WHERE holder = ?').pluck()
    const keyring = new Keyring(new Seal(masterKey(this.#service.config)), (holder) => wrapped.get(holder) as Uint8Array | undefined)
    const names = identity(keyring.derived('press-identity'))
    const heard = this.#db.prepare('SELECT 1 FROM heard_press WHERE hash = ?')
    return [...house.acknowledged].filter(([, { did, body }]) => heard.get(names.ofButton(did, body.event, (body.merged ?? 0) + 1)) === undefined).map(([key]) => key)
  }

  /** Open alarms whose timer should have fired more than `ms` ago. */
  overdue (now: number, ms: number): number {
    const row = this.#db.prepare('SELECT count(*) AS n FROM alarm WHERE live = 1 AND due_at < ?').get(now - ms) as { n: number }
    return row.n
  }

  get open (): number { return (this.#db.prepare('SELECT count(*) AS n FROM alarm WHERE open = 1').get() as { n: number }).n }

  /** What a half-done write would look like. Must be empty. One snapshot: the service may be writing beside us. */
  halfDone (): readonly string[] { return this.#db.transaction(() => this.#halfDone())() }

  #halfDone (): readonly string[] {
    const faults: string[] = []
    const integrity = this.#db.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') faults.push(`integrity: ${String(integrity)}`)
    if ((this.#db.pragma('foreign_key_check') as unknown[]).length > 0) faults.push('foreign keys')
    for (const { id, seq, state } of this.#db.prepare('SELECT id, seq, state FROM alarm').all() as { id: string, seq: number, state: string }[]) {
      const alarm = JSON.parse(state) as Alarm
      const count = (sql: string): number => (this.#db.prepare(sql).get(id) as { n: number }).n
      if (count('SELECT count(*) AS n FROM happening WHERE alarm = ?') !== seq) faults.push('an alarm whose record does not reach its state')
      if (count('SELECT count(*) AS n FROM card WHERE alarm = ?') !== 1) faults.push('an alarm without its card')
      if (count('SELECT count(*) AS n FROM press_of WHERE alarm = ?') < Math.min(alarm.presses.length, 1)) faults.push('an alarm without its press')
      if (count('SELECT count(*) AS n FROM press_of p LEFT JOIN heard_press h ON h.hash = p.hash WHERE p.alarm = ? AND h.hash IS NULL') !== 0) faults.push('a press that is linked and not remembered')
    }
    return faults
  }
}
