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
/** By alarm: the word that is on its way, and those that wait behind it. None is lost without a sign. */
const lines = new Map<string, readonly Given[]>()

export async function give (alarm: string, given: Given): Promise<void> {
  const line = lines.get(alarm)
  if (line !== undefined) {
    // Fingers tap twice. Where somebody stands is said anew; "we need more" stays said, whatever follows (R11).
    if (JSON.stringify(line.at(-1)) !== JSON.stringify(given)) lines.set(alarm, [...line.filter(({ is }, at) => at === 0 || is === 'need-more'), given])
    return
  }
  let rest: readonly Given[] = [given]
  for (let [word] = rest; word !== undefined; [word] = rest) {
    lines.set(alarm, rest)
    const isUnheard = await carry(alarm, word)
    rest = (lines.get(alarm) ?? []).slice(1)
    if (isUnheard && word.is === 'need-more' && rest.length > 0) rest = [...rest, word]
  }
  lines.delete(alarm)
}

/** Whether no answer came. */
async function carry (alarm: string, given: Given): Promise<boolean> {
  const n = alerts.value?.find((alert) => alert.alarm === alarm)?.n ?? 0
  answering.value = new Set(answering.value).add(alarm)
  way(alarm, { is: 'asking' })
  const answer = await insist(alarm, given)
  const isUnheard = !answer.ok && answer.code === 'OFFLINE'
  if (answer.ok) {
    deal(alarm, n)
    way(alarm, { is: 'had', given: given.is, saved: answer.data.saved, n })
  } else way(alarm, { is: 'failed', why: answer })
  // Refused: it may be over, or no longer theirs.
  if (!isUnheard) await readAlerts()
  answering.value = new Set([...answering.value].filter((other) => other !== alarm))
  return isUnheard
}

/** A net that comes and goes is tried again at once; saying the same twice changes nothing. */
async function insist (alarm: string, given: Given) {
  for (let tried = 1; ; tried += 1) {
    const answer = await ask<Static<typeof Saved>>('POST', `/alerts/${encodeURIComponent(alarm)}/answer`, given)
    if (answer.ok || answer.code !== 'OFFLINE' || tried === TRIES || (given.is !== 'need-more' && lines.get(alarm)?.[1] !== undefined)) return answer
    way(alarm, { is: 'trying' })
  }
}

function way (alarm: string, is: Way): void { ways.value = new Map(ways.value).set(alarm, is) }
