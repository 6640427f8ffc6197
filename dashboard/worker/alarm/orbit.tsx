/** The circle, seen from her side: rings are steps, people come nearer as they come. For sighted people; the list says the same. */
import type { LiveWorkerAlarm } from '../../../server/contract/live.ts'
import { signOf } from './names.ts'
import type { Row } from './names.ts'

const X = 160
const Y = 84
const NEAR = 50
const TOLD = 80
const WAIT = 132
/** How far from the level people of a ring may stand, so that none is cut off. */
const SPREAD: Readonly<Record<number, number>> = { [NEAR]: 42, [TOLD]: 42, [WAIT]: 28 }
/** More would cover one another. */
const SHOWN_MAX = 12

type Told = 'coming' | 'shown' | 'told' | 'waiting' | 'no'

function toldOf ({ answer, told, receipt, skipped }: Row): Told {
  switch (answer) {
    case 'coming':
    case 'arrived': return 'coming'
    case 'cannot':
    case 'overdue': return 'no'
    case 'none': return skipped ? 'no' : !told ? 'waiting' : receipt?.level === 'shown' || receipt?.level === 'seen' ? 'shown' : 'told'
  }
}

function ringOf (row: Row): number {
  const told = toldOf(row)
  return told === 'coming' ? NEAR : row.told ? TOLD : WAIT
}

/** Right and left in turn; on the middle ring left first, and lower than those who come nearer, so that nobody hides anybody. */
function place (ring: number, at: number, of: number): { readonly x: number, readonly y: number } {
  const side = (at % 2 === 0) === (ring !== TOLD) ? 1 : -1
  const inSide = Math.ceil((of - (at % 2)) / 2)
  const k = Math.floor(at / 2)
  const spread = SPREAD[ring] ?? 0
  const degrees = inSide === 1 ? (ring === NEAR || (ring === WAIT && side === 1) ? -spread * 0.7 : spread * 0.42) : -spread + k * 2 * spread / (inSide - 1)
  const angle = degrees * Math.PI / 180
  return { x: round(X + side * ring * Math.cos(angle)), y: round(Y + ring * Math.sin(angle)) }
}

/** `isOld`: nobody is heard telling any more; then nothing moves and nothing shines. */
export function Orbit ({ alarm, isOld }: { readonly alarm: LiveWorkerAlarm, readonly isOld: boolean }) {
  const rows = alarm.rows.slice(0, SHOWN_MAX)
  const isTelling = !isOld && (alarm.phase === 'calling' || alarm.phase === 'nobody-yet')
  return (
    <svg class="orbit" viewBox="0 0 320 168" aria-hidden="true" {...(isOld ? { 'data-old': '' } : {})}>
      <defs>
        <radialGradient id="halo"><stop class="orbit-halo-near" offset="0" stop-opacity=".55" /><stop class="orbit-halo-near" offset=".22" stop-opacity=".34" /><stop class="orbit-halo-far" offset=".5" stop-opacity=".13" /><stop class="orbit-halo-far" offset="1" stop-opacity="0" /></radialGradient>
        <radialGradient id="core" cy=".45"><stop class="orbit-core-1" offset=".2" /><stop class="orbit-core-2" offset=".85" /><stop class="orbit-core-3" offset="1" /></radialGradient>
      </defs>
      <circle class="orbit-halo" cx={X} cy={Y} r="150" fill="url(#halo)" />
      {isTelling ? <><circle class="orbit-ripple" cx={X} cy={Y} r="104" /><circle class="orbit-ripple" cx={X} cy={Y} r="104" /></> : <circle class="orbit-path" cx={X} cy={Y} r={NEAR} />}
      <circle class="orbit-path" cx={X} cy={Y} r={TOLD} />
      <path class="orbit-path" data-wait d="M265.4 4.6A132 132 0 0 1 265.4 163.4M54.6 163.4A132 132 0 0 1 54.6 4.6" />
      <circle cx={X} cy={Y} r="27" fill="url(#core)" />
      {[WAIT, TOLD, NEAR].map((ring) => <Ring key={ring} alarm={alarm} ring={ring} rows={rows.filter((row) => ringOf(row) === ring)} />)}
    </svg>
  )
}

function Ring ({ alarm, ring, rows }: { readonly alarm: LiveWorkerAlarm, readonly ring: number, readonly rows: readonly Row[] }) {
  return <>{rows.map((row, at) => {
    const told = toldOf(row)
    const { x, y } = place(ring, at, rows.length)
    const from = 1.36
    const way = told === 'coming' && row.answer === 'coming' ? <path class="orbit-way" d={`M${round(X + (x - X) * from * 1.16)} ${round(Y + (y - Y) * from * 1.16)}L${round(X + (x - X) * from)} ${round(Y + (y - Y) * from)}`} /> : null
    return <g key={row.responder}>{way}<g class="orbit-who" data-told={told}><circle cx={x} cy={y} r={told === 'coming' ? 17 : told === 'no' ? 13 : 15} /><text x={x} y={y + 0.5}>{signOf(alarm, row)}</text></g></g>
  })}</>
}

function round (n: number): number { return Math.round(n * 10) / 10 }
