/** Answers on their way. Nothing is shown as said before the service has said that it has it. */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { AnswerGiven, Saved } from '../../server/contract/alarm.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { deal } from './calling.ts'
import { alerts, readAlerts } from './mine.ts'
import { answering } from './rouse.ts'

export type Given = Static<typeof AnswerGiven>
/** `trying`: it did not get through at once. `failed`: nobody has it; it rings again. */
export type Way = { readonly is: 'asking' | 'trying' } | { readonly is: 'failed', readonly why: Refused } | { readonly is: 'had', readonly given: Given['is'], readonly saved: boolean, /** The telling that it answers. */ readonly n: number }

export const ways = signal<ReadonlyMap<string, Way>>(new Map())
const TRIES = 3
/** What is on its way, and what was tapped meanwhile: the newest word is said next, and none is lost without a sign. */
const going = new Map<string, Given>()
const tapped = new Map<string, Given>()

/** Whether the service has the newest answer to this alarm. */
export async function give (alarm: string, given: Given): Promise<boolean> {
  const before = going.get(alarm)
  if (before !== undefined) {
    if (isSame(before, given)) tapped.delete(alarm)
    else tapped.set(alarm, given)
    return false
  }
  going.set(alarm, given)
  const isHad = await carry(alarm, given)
  going.delete(alarm)
  const next = tapped.get(alarm)
  tapped.delete(alarm)
  return next === undefined ? isHad : await give(alarm, next)
}

async function carry (alarm: string, given: Given): Promise<boolean> {
  const n = alerts.value?.find((alert) => alert.alarm === alarm)?.n ?? 0
  answering.value = new Set(answering.value).add(alarm)
  way(alarm, { is: 'asking' })
  const answer = await insist(alarm, given)
  if (answer.ok) {
    deal(alarm, n)
    way(alarm, { is: 'had', given: given.is, saved: answer.data.saved, n })
    await readAlerts()
  } else {
    way(alarm, { is: 'failed', why: answer })
    // Refused: it may be over, or no longer theirs.
    if (answer.code !== 'OFFLINE') await readAlerts()
  }
  answering.value = new Set([...answering.value].filter((other) => other !== alarm))
  return answer.ok
}

/** A net that comes and goes is tried again at once; saying the same twice changes nothing. */
async function insist (alarm: string, given: Given) {
  for (let tried = 1; ; tried += 1) {
    const answer = await ask<Static<typeof Saved>>('POST', `/alerts/${encodeURIComponent(alarm)}/answer`, given)
    if (answer.ok || answer.code !== 'OFFLINE' || tried === TRIES || tapped.has(alarm)) return answer
    way(alarm, { is: 'trying' })
  }
}

/** Fingers tap twice. */
function isSame (one: Given, other: Given): boolean { return JSON.stringify(one) === JSON.stringify(other) }

function way (alarm: string, is: Way): void { ways.value = new Map(ways.value).set(alarm, is) }
