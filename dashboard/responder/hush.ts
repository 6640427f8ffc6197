/**
 * Somebody on shift in the same venue is called by vibration alone: whoever is with her must not hear it (R18). What is not known rings: the
 * place may be hidden from her, or the service may not answer.
 */
import { effect, signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { RoomsOfHers, ShiftShown } from '../../server/contract/shift.ts'
import { ask } from '../api/ask.ts'
import { every } from '../shell/clock.ts'
import { alerts, alsoWorks } from './mine.ts'
import type { Alert } from './mine.ts'
import { hushed } from './rouse.ts'

type Where = { readonly venue: string, readonly rooms: ReadonlySet<string> }
const READ_MS = 60_000
const at = signal<Where | null>(null)

export function watchHush (): void {
  effect(() => {
    if (!alsoWorks.value) return undefined
    void read()
    return every(READ_MS, () => { void read() })
  })
  effect(() => {
    const { value } = at
    hushed.value = new Set(value === null ? [] : (alerts.value ?? []).filter((alert) => isHere(alert, value)).map(({ alarm }) => alarm))
  })
}

async function read (): Promise<void> {
  const shift = await ask<Static<typeof ShiftShown>>('GET', '/shift')
  const rooms = shift.ok && shift.data.shift?.room != null ? await ask<Static<typeof RoomsOfHers>>('GET', '/shift/rooms') : null
  const venue = rooms?.ok === true && shift.ok ? rooms.data.rooms.find(({ room }) => room === shift.data.shift?.room)?.venue : undefined
  at.value = venue === undefined || rooms?.ok !== true ? null : { venue, rooms: new Set(rooms.data.rooms.filter((room) => room.venue === venue).map(({ label }) => label)) }
}

function isHere ({ card }: Alert, { venue, rooms }: Where): boolean {
  if (card === null) return false
  return card.venue === null ? card.room !== null && rooms.has(card.room) : card.venue === venue
}
