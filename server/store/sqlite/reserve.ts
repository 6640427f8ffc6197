/**
 * Room that is kept for a start on a full disk. A clean stop takes SQLite's side files away, and without room to make
 * them anew not even reading works: the service would not start, and a full disk would silence everybody (R1).
 */
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'

/** The wal-index takes 32 KB; the rest lets some alarms be written before the operator has come. */
export const RESERVE_BYTES = 256 * 1024

/** Puts it aside. A disk that has no room for it is the operator's to hear of by the probe, not by this. */
export function keepReserve (file: string): void {
  const reserve = reserveOf(file)
  try {
    if (existsSync(reserve) && statSync(reserve).size === RESERVE_BYTES) return
    // Random: a file system that compresses keeps no room for zeros.
    writeFileSync(reserve, randomBytes(RESERVE_BYTES), { mode: 0o600 })
  } catch {
    rmSync(reserve, { force: true })
  }
}

/** Gives the room back. false: there was none. */
export function spendReserve (file: string): boolean {
  if (!existsSync(reserveOf(file))) return false
  rmSync(reserveOf(file), { force: true })
  return true
}

function reserveOf (file: string): string { return `${file}.reserve` }
