/**
 * Workers of one room who take turns: the hours of its shift in equal parts, one after the other. Each week they change
 * round, so that nobody has the nights alone.
 */
import { DAY_MS, HOUR_MS, lengthH } from './hours.ts'
import type { Room, Worker } from './world.ts'

const DAYS_A_WEEK = 7

/** Which part of that day's hours is hers: 0 is the first. `day`: from 0, the one on which the first part begins. */
export function turnOf ({ room, inRoom }: Worker, day: number): number {
  return remainder(inRoom + Math.floor(day / DAYS_A_WEEK), room.workers.length)
}

/** Whose press it is (R7): hers who is on shift then, and outside the hours hers who was there last. */
export function onShiftAt (room: Room, at: number): Worker {
  const { workers, venue: { type: { workers: { shift } } } } = room
  const sinceH = remainder(at / HOUR_MS - shift.from, DAY_MS / HOUR_MS)
  const turn = Math.min(Math.floor(sinceH * workers.length / lengthH(shift)), workers.length - 1)
  const day = Math.floor((at / HOUR_MS - shift.from) * HOUR_MS / DAY_MS)
  const worker = workers[remainder(turn - Math.floor(day / DAYS_A_WEEK), workers.length)]
  if (worker === undefined) throw new RangeError('a room where nobody works')
  return worker
}

/** Never negative. */
function remainder (of: number, by: number): number { return (of % by + by) % by }
