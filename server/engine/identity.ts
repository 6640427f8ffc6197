import { createHmac } from 'node:crypto'
import type { AlarmId, LaneKey, PressId, WorkerId } from '../alarm/alarm.ts'
import type { PressHash } from '../store/alarm-store.ts'

/**
 * Keyed names of presses and alarms. A retry, a replay or a second node that hears the same press computes the same
 * names and so collides instead of opening a second alarm; without the key nobody can tell which button or when.
 */
export type Identity = {
  /** merged > 1 names the grown event: it may open anew when the alarm of the smaller one is over. */
  readonly ofButton: (did: string, event: { readonly evboot: number, readonly evn: number, readonly evid: Uint8Array }, merged: number) => PressHash
  readonly ofPhone: (worker: WorkerId, idempotencyKey: string) => PressHash
  /** The promise and the time it was for: a crash between the alarm and the note that it was raised opens no second one. */
  readonly ofCheckIn: (checkIn: string, promisedAt: number) => PressHash
  readonly ofAlarm: (press: PressHash, lane: LaneKey) => AlarmId
  readonly ofPress: (press: PressHash) => PressId
  /** Remembered beside a press that no lane took: nobody was told, and no restart may make that an "all clear". */
  readonly ofUnarmed: (press: PressHash) => PressHash
}

export function identity (secret: Uint8Array): Identity {
  const key = createHmac('sha256', secret).update('press-identity/1').digest()
  const name = (...parts: readonly string[]): string => {
    const mac = createHmac('sha256', key)
    // Lengths first, so that no two different lists of parts read the same.
    for (const part of parts) mac.update(`${part.length}:${part};`)
    return mac.digest('base64url')
  }
  return {
    ofButton: (did, event, merged) => {
      const id = [did, String(event.evboot), String(event.evn), Buffer.from(event.evid).toString('hex')]
      return name('button', ...id, ...(merged > 1 ? [`merged ${merged}`] : [])) as PressHash
    },
    ofPhone: (worker, idempotencyKey) => name('phone', worker, idempotencyKey) as PressHash,
    ofCheckIn: (checkIn, promisedAt) => name('check-in', checkIn, String(promisedAt)) as PressHash,
    ofAlarm: (press, lane) => name('alarm', press, lane).slice(0, 22) as AlarmId,
    ofPress: (press) => press as string as PressId,
    ofUnarmed: (press) => name('unarmed', press) as PressHash
  }
}
