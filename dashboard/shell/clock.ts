/** The one door through which time enters the pages. */
export type Cancel = () => void

/** This phone's own clock: only for what the phone does by itself, never for a fact. */
export const wallNow = (): number => Date.now()
/** Steady, from an arbitrary start; dies with the page. */
export const steadyNow = (): number => performance.now()

export function after (ms: number, call: () => void): Cancel {
  const timer = setTimeout(call, ms)
  return () => { clearTimeout(timer) }
}

export function every (ms: number, call: () => void): Cancel {
  const timer = setInterval(call, ms)
  return () => { clearInterval(timer) }
}
