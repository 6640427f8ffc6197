/** The lamp: light follows proof. One arc a condition. */
import type { ComponentChildren } from 'preact'
import type { Light, Sureness } from './ready.ts'

const CENTRE = 120
const RADIUS = 114
/** Between two arcs, in degrees. */
const GAP = 9

export function Lamp ({ light, arcs, children }: { readonly light: Light, readonly arcs: readonly Sureness[], readonly children: ComponentChildren }) {
  const span = 360 / arcs.length
  return (
    <span class="lamp" data-light={light}>
      <svg class="lamp-ring" viewBox="0 0 240 240" aria-hidden="true">
        {arcs.map((sure, at) => <path key={at} class="lamp-arc" d={arc(at * span + GAP / 2, (at + 1) * span - GAP / 2)} {...(sure === 'weak' ? { 'data-weak': '' } : sure === 'missing' ? { 'data-missing': '' } : {})} />)}
        <circle class="lamp-fill" cx={CENTRE} cy={CENTRE} r={RADIUS} pathLength={100} />
      </svg>
      <span class="lamp-glass" />
      <span class="lamp-words">{children}</span>
    </span>
  )
}

function arc (from: number, to: number): string {
  const at = (degrees: number): string => `${round(CENTRE + RADIUS * Math.cos(degrees * Math.PI / 180))} ${round(CENTRE + RADIUS * Math.sin(degrees * Math.PI / 180))}`
  return `M${at(from)}A${RADIUS} ${RADIUS} 0 ${to - from > 180 ? 1 : 0} 1 ${at(to)}`
}

function round (n: number): number { return Math.round(n * 10) / 10 }
