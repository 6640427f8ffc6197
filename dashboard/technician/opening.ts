/** When the house is open, by the week. It rules which hours are shown as nobody's, and nothing that is told. */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { OpeningShown } from '../../server/contract/place.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { spoken } from '../say/say.ts'

type Shown = Static<typeof OpeningShown>
export type Opened = Shown['opening'][number]

export const WEEK: readonly number[] = [1, 2, 3, 4, 5, 6, 7]
/** The service takes so many. */
export const OPENED_MAX = 28

/** As the service last said it. */
export const opening = signal<readonly Opened[] | null>(null)

/** null: it is known now. */
export async function readOpening (): Promise<Refused | null> {
  const answer = await ask<Shown>('GET', '/venue/opening')
  if (!answer.ok) return answer
  opening.value = answer.data.opening
  return null
}

/** null: it is done. */
export async function keepOpening (hours: readonly Opened[]): Promise<Refused | null> {
  const answer = await ask('PUT', '/venue/opening', { opening: hours })
  if (!answer.ok) return answer
  // In the order in which the service tells them.
  opening.value = [...hours].sort((a, b) => a.weekday - b.weekday || (a.from < b.from ? -1 : 1))
  return null
}

/** 1 January 2024 was a Monday. */
export function dayName (weekday: number, length: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(spoken.value, { weekday: length, timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday))
}

/** At or before its beginning, it ends on the next day. */
export function isOvernight ({ from, until }: Opened): boolean { return until <= from }

export function ofDay (hours: readonly Opened[], weekday: number): readonly Opened[] { return hours.filter((each) => each.weekday === weekday) }

/** An hour that was not typed to its end, or two that begin together on one day: the service would refuse them. */
export function isWhole (hours: readonly Opened[]): boolean {
  return hours.every(({ from, until }) => from !== '' && until !== '') && new Set(hours.map(({ weekday, from }) => `${weekday} ${from}`)).size === hours.length
}
