/** Until this phone knows which of the listed ones it is, to stop one would have it told again in the next moment. */
import { useEffect, useState } from 'preact/hooks'
import { after } from '../shell/clock.ts'
import { waking } from './subscription.ts'

/** A browser may never answer; a phone that was lost must be taken out all the same. */
const TELLING_MS = 10_000

export function useTelling (): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => after(TELLING_MS, () => { setLate(true) }), [])
  return waking.value.is === 'unknown' && !isLate
}
