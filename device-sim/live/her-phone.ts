/** Her phone, as far as a replay needs it: opens the window of a test, gives a PIN, says "I am safe". Over HTTP, as her page does. */
import { AnswerRefused, Browser } from './browser.ts'
import type { HouseButton } from './house-file.ts'
import type { SimClock } from './ports.ts'
import { herActs, type HerAct } from './press-plan.ts'

/** Her press may be on its way still, the more so in a run that is played faster than it was. */
const OPEN_WAIT_MS = 200
const OPEN_TRIES_MOST = 100
const PINS = { pin: '4711', duress: '9058' } as const

/** How often each was done, was refused (or had nothing open to be done to), or had no phone. */
export type HerCounts = Readonly<Record<typeof herActs[number], { readonly done: number, readonly refused: number, readonly noPhone: number }>>

export class HerPhones {
  readonly counts = Object.fromEntries(herActs.map((what) => [what, { done: 0, refused: 0, noPhone: 0 }])) as Record<typeof herActs[number], { done: number, refused: number, noPhone: number }>
  readonly #phones: ReadonlyMap<number, Browser>
  readonly #clock: SimClock
  readonly #acting = new Set<Promise<void>>()

  constructor (buttons: readonly HouseButton[], origin: string, clock: SimClock) {
    this.#clock = clock
    this.#phones = new Map(buttons.flatMap(({ worker }, index) => worker === null ? [] : [[index, new Browser(origin, worker)] as const]))
  }

  /** Whoever will give a PIN has one. Throws what the service answered: without PINs the replay would be another. */
  async prepare (acts: readonly HerAct[]): Promise<void> {
    for (const button of new Set(acts.filter(({ what }) => what === 'PIN' || what === 'duress PIN').map((act) => act.button))) {
      await this.#phones.get(button)?.put('/api/v1/me/pin', { current: null, ...PINS })
    }
  }

  /** Fire and forget: `settled` waits for it. */
  act (act: HerAct): void {
    const acting = this.#act(act).finally(() => { this.#acting.delete(acting) })
    this.#acting.add(acting)
  }

  async settled (): Promise<void> { await Promise.all(this.#acting) }

  async #act ({ button, what }: HerAct): Promise<void> {
    const phone = this.#phones.get(button)
    const counts = this.counts[what]
    if (phone === undefined) counts.noPhone += 1
    else if (what === 'test window' ? await opensWindow(phone) : await this.#ends(phone, what)) counts.done += 1
    else counts.refused += 1
  }

  async #ends (phone: Browser, what: Exclude<HerAct['what'], 'test window'>): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      const open = await openAlarm(phone)
      if (open !== null) return await says(phone, open, what)
      if (tries === OPEN_TRIES_MOST) return false
      await new Promise<void>((resolve) => { this.#clock.after(OPEN_WAIT_MS, resolve) })
    }
  }
}

async function opensWindow (phone: Browser): Promise<boolean> {
  const now = await granted(phone.get<{ readonly shift: { readonly room: string | null } | null }>('/api/v1/shift'))
  const room = now?.shift?.room ?? null
  // Without a room it would be a window for her telephone's press alone.
  return room !== null && await granted(phone.post<object>('/api/v1/test', { room })) !== null
}

async function openAlarm (phone: Browser): Promise<string | null> {
  const listed = await granted(phone.get<{ readonly alarms: readonly { readonly alarm: string, readonly phase: string }[] }>('/api/v1/alarms'))
  return listed?.alarms.find(({ phase }) => phase !== 'ended')?.alarm ?? null
}

async function says (phone: Browser, alarm: string, what: Exclude<HerAct['what'], 'test window'>): Promise<boolean> {
  const path = `/api/v1/alarms/${encodeURIComponent(alarm)}`
  const said = what === '"I am safe"' ? phone.post<object>(`${path}/said-safe`) : phone.post<object>(`${path}/close`, { pin: what === 'PIN' ? PINS.pin : PINS.duress })
  return await granted(said) !== null
}

/** null: a service that refuses, or one that was just killed: either way it was not done. */
async function granted<T extends object> (asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (cause) {
    if (cause instanceof AnswerRefused || cause instanceof TypeError) return null
    throw cause
  }
}
