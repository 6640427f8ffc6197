/** Which alert is on the screen. Whoever calls anew comes first; then what somebody chose to look at; then what they are on their way to. */
import { computed, effect, signal } from '@preact/signals'
import { route } from '../shell/route.ts'
import { calls, waits } from './calling.ts'
import { alerts } from './mine.ts'
import type { Alert } from './mine.ts'

export type OnScreen = { readonly is: 'alert', readonly alert: Alert } | { readonly is: 'called' } | { readonly is: 'over' | 'gone', readonly alarm: string }

const dismissed = signal<ReadonlySet<string>>(new Set())
/** On this page a moment ago, and in no list any more: its end came while nobody was connected, or it is not theirs any more. */
const gone = signal<ReadonlySet<string>>(new Set())
/** What called when somebody last chose a screen: they know of it. */
const known = signal<ReadonlySet<string>>(new Set())

/** What ran when somebody last chose a screen: they left it on purpose. */
const runningBefore = signal<ReadonlySet<string>>(new Set())

export const onScreen = computed<OnScreen | null>(() => {
  const running = (alerts.value ?? []).filter(({ phase }) => phase !== 'over')
  const [place, id] = route.value
  const chosen = place === 'alert' ? running.find(({ alarm }) => alarm === id) : undefined
  const news = calls.value.filter(({ alarm, n }) => alarm !== chosen?.alarm && !known.value.has(`${alarm} ${n}`))
  const newest = [...running].sort((a, b) => b.openedAt - a.openedAt).find(({ alarm }) => news.some((call) => call.alarm === alarm))
  if (newest !== undefined && (chosen === undefined || !waits(chosen))) return { is: 'alert', alert: newest }
  if (chosen !== undefined) return { is: 'alert', alert: chosen }
  if (news.length > 0) return { is: 'called' }
  // Somebody else's "coming" ends the call, not the question: what came while this screen was open stays until it is answered.
  const came = running.find((alert) => waits(alert) && !runningBefore.value.has(alert.alarm))
  if (came !== undefined && place !== 'alert') return { is: 'alert', alert: came }
  if (place !== undefined && place !== 'alert') return null
  const on = running.find(waits) ?? running.find(({ answer }) => answer.is === 'coming' || answer.is === 'arrived')
  if (on !== undefined) return { is: 'alert', alert: on }
  const over = alerts.value?.find(({ alarm, phase }) => phase === 'over' && !dismissed.value.has(alarm))
  if (over !== undefined) return { is: 'over', alarm: over.alarm }
  const [lost] = [...gone.value].filter((alarm) => !dismissed.value.has(alarm))
  return lost === undefined ? null : { is: 'gone', alarm: lost }
})

export function dismiss (alarm: string): void { dismissed.value = new Set(dismissed.value).add(alarm) }

let running: readonly string[] = []
effect(() => {
  const list = alerts.value
  if (list === null) return
  const left = running.filter((alarm) => !list.some((alert) => alert.alarm === alarm))
  running = list.filter(({ phase, answer }) => phase !== 'over' && answer.is !== 'cannot').map(({ alarm }) => alarm)
  if (left.length > 0) gone.value = new Set([...gone.peek(), ...left])
})

let placeBefore = ''
effect(() => {
  const place = route.value.join('/')
  if (place === placeBefore) return
  placeBefore = place
  known.value = new Set(calls.peek().map(({ alarm, n }) => `${alarm} ${n}`))
  runningBefore.value = new Set((alerts.peek() ?? []).map(({ alarm }) => alarm))
})
