/** Battery and signal, drawn for sighted people; the words beside them say the same. */
import { say } from '../say/say.ts'
import { LOW_PCT } from './health.ts'

/** Inside the battery's case. */
const WIDTH = 11
const BARS = ['M5 18.5V15.5', 'M10 18.5V12.5', 'M15 18.5V9.5', 'M20 18.5V6.5'] as const
/** From so many dBm on, so many bars; below the last there is one. */
const LEAST_DBM: readonly number[] = [-60, -70, -80]

export function Battery ({ pct }: { readonly pct: number | null }) {
  if (pct === null) return null
  return (
    <span {...(pct <= LOW_PCT ? { 'data-low': '' } : {})}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><rect x="3.5" y="8" width="15" height="8" rx="2.25" /><path d="M21 11v2" /><rect class="solid" x="5.5" y="10" width={Math.max(1, Math.round(WIDTH * pct) / 100)} height="4" rx="1" /></svg>
      <span class="unseen">{say('technician.battery')} </span>{say('technician.percent', { pct })}
    </span>
  )
}

export function Signal ({ dbm }: { readonly dbm: number | null }) {
  if (dbm === null) return null
  const missed = LEAST_DBM.findIndex((least) => dbm >= least)
  const bars = missed === -1 ? 1 : 4 - missed
  return (
    <span>
      <svg class="icon signal" viewBox="0 0 24 24" aria-hidden="true">{BARS.map((d, at) => <path key={d} d={d} {...(at < bars ? { 'data-on': '' } : {})} />)}</svg>
      <span class="unseen">{say('technician.signal.label')} </span>{say(`technician.signal.${WORDS[bars - 1] ?? 'poor'}`)}
    </span>
  )
}

const WORDS = ['poor', 'weak', 'good', 'strong'] as const
