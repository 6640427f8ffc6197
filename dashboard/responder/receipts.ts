/**
 * What this device may prove (R3). Shown: it stands on a screen that is really lit. Seen: somebody was there, by a touch, a key, or by opening
 * the page. Over the socket where that is proven; by POST where it is silent: a dead socket swallows a receipt without a word.
 */
import { ask } from '../api/ask.ts'
import { after, steadyNow } from '../shell/clock.ts'
import { live } from './mine.ts'

type Level = 'shown' | 'seen'
const RANK = { shown: 1, seen: 2 } as const
/** Something came over the socket within this: it carries. */
const PROVEN_MS = 5_000
const AGAIN_MS = 5_000
/** Whoever has just opened the page looks at it. */
const OPENED_MS = 10_000

const onScreen = new Map<string, number>()
/** By telling: what was handed over. */
const given = new Map<string, Level>()

export function watchReceipts (): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    for (const alarm of onScreen.keys()) painted(alarm, () => { prove(alarm, 'seen') })
  })
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, () => { for (const alarm of onScreen.keys()) prove(alarm, 'seen') }, { capture: true })
}

/** This telling is part of what is drawn now. Returns the way to say that it is not any more. */
export function drawn (alarm: string, n: number): () => void {
  onScreen.set(alarm, n)
  painted(alarm, () => { prove(alarm, steadyNow() < OPENED_MS ? 'seen' : 'shown') })
  return () => { if (onScreen.get(alarm) === n) onScreen.delete(alarm) }
}

/** After the next frame that a visible page paints; a hidden one paints none. */
function painted (alarm: string, then: () => void): void {
  requestAnimationFrame(() => { requestAnimationFrame(() => { if (document.visibilityState === 'visible' && onScreen.has(alarm)) then() }) })
}

function prove (alarm: string, level: Level): void {
  const n = onScreen.get(alarm)
  if (n === undefined) return
  const key = `${alarm} ${n}`
  const before = given.get(key)
  if (before !== undefined && RANK[before] >= RANK[level]) return
  given.set(key, level)
  void hand(alarm, n, level)
}

async function hand (alarm: string, n: number, level: Level): Promise<void> {
  if (live.silentMs < PROVEN_MS && live.send({ type: 'receipt', alarm, n, level })) return
  const answer = await ask('POST', `/alerts/${encodeURIComponent(alarm)}/receipts`, { n, level })
  // Whoever is over or signed out has nothing to prove; a failing service or net is asked again.
  if (!answer.ok && (answer.code === 'OFFLINE' || answer.status >= 500)) after(AGAIN_MS, () => { void hand(alarm, n, level) })
}
