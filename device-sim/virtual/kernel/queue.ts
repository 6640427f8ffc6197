/**
 * What happens when: a 4-ary heap of (time, order of asking) in typed arrays. Equal times happen in the order in which
 * they were asked for, so that no run depends on the shape of the heap. Anything may be cancelled, and is then gone:
 * what was cancelled holds no memory.
 */
/** A venue's year waits in about as many. */
const FIRST_CAPACITY = 256
/** Handles hold a slot below this and a generation above it. */
const SLOTS_MOST = 2 ** 24

/** Names one event that is to come; good for `cancel` for ever, and only for that event. */
export type Handle = number

export type Action = (subject: never) => void

export class EventQueue {
  #size = 0
  #asked = 0
  #capacity = FIRST_CAPACITY
  /** By place in the heap: when, in which order asked, and whose slot. */
  #times = new Float64Array(FIRST_CAPACITY)
  #orders = new Float64Array(FIRST_CAPACITY)
  #slots = new Int32Array(FIRST_CAPACITY)
  /** By slot: its place in the heap, how often it was used, what to do and with what. */
  #places = new Int32Array(FIRST_CAPACITY)
  #generations = new Int32Array(FIRST_CAPACITY)
  readonly #actions: (Action | null)[] = []
  readonly #subjects: unknown[] = []
  readonly #free: number[] = []
  /** Of the event that `take` took. */
  at = 0
  action: Action | null = null
  subject: unknown = null

  get size (): number { return this.#size }
  get nextAt (): number { return this.#size === 0 ? Infinity : this.#times[0] as number }

  /** @param at a number; NaN is a fault of the caller and refused */
  add<Subject> (at: number, action: (subject: Subject) => void, subject: Subject): Handle {
    if (!(at < Infinity)) throw new RangeError(`an event needs a time, not ${at}`)
    const slot = this.#free.pop() ?? this.#actions.length
    if (slot >= this.#capacity) this.#grow()
    this.#actions[slot] = action as Action
    this.#subjects[slot] = subject
    this.#up(this.#size++, at, this.#asked++, slot)
    return (this.#generations[slot] as number) * SLOTS_MOST + slot
  }

  /** False: it has happened, or was cancelled before. */
  cancel (handle: Handle): boolean {
    const slot = handle % SLOTS_MOST
    if (this.#actions[slot] == null || this.#generations[slot] !== Math.floor(handle / SLOTS_MOST)) return false
    const place = this.#places[slot] as number
    this.#release(slot)
    this.#remove(place)
    return true
  }

  /** Takes the first event out and shows it in `at`, `action` and `subject`. False: there is none. */
  take (): boolean {
    if (this.#size === 0) return false
    const slot = this.#slots[0] as number
    this.at = this.#times[0] as number
    this.action = this.#actions[slot] as Action
    this.subject = this.#subjects[slot]
    this.#release(slot)
    this.#remove(0)
    return true
  }

  #release (slot: number): void {
    this.#actions[slot] = null
    this.#subjects[slot] = null
    this.#generations[slot] = ((this.#generations[slot] as number) + 1) & 0xfffffff
    this.#free.push(slot)
  }

  #remove (place: number): void {
    const last = --this.#size
    if (place === last) return
    const at = this.#times[last] as number
    const order = this.#orders[last] as number
    const slot = this.#slots[last] as number
    const parent = (place - 1) >> 2
    if (place > 0 && this.#isBefore(at, order, parent)) this.#up(place, at, order, slot)
    else this.#down(place, at, order, slot)
  }

  #isBefore (at: number, order: number, place: number): boolean {
    const other = this.#times[place] as number
    return at < other || (at === other && order < (this.#orders[place] as number))
  }

  #put (place: number, at: number, order: number, slot: number): void {
    this.#times[place] = at
    this.#orders[place] = order
    this.#slots[place] = slot
    this.#places[slot] = place
  }

  #move (from: number, to: number): void {
    const slot = this.#slots[from] as number
    this.#times[to] = this.#times[from] as number
    this.#orders[to] = this.#orders[from] as number
    this.#slots[to] = slot
    this.#places[slot] = to
  }

  #up (from: number, at: number, order: number, slot: number): void {
    let place = from
    while (place > 0) {
      const parent = (place - 1) >> 2
      if (!this.#isBefore(at, order, parent)) break
      this.#move(parent, place)
      place = parent
    }
    this.#put(place, at, order, slot)
  }

  #down (from: number, at: number, order: number, slot: number): void {
    const size = this.#size
    const times = this.#times
    const orders = this.#orders
    let place = from
    for (;;) {
      const first = place * 4 + 1
      if (first >= size) break
      let least = first
      let leastAt = times[first] as number
      const end = first + 4 < size ? first + 4 : size
      for (let child = first + 1; child < end; child++) {
        const childAt = times[child] as number
        if (childAt < leastAt || (childAt === leastAt && (orders[child] as number) < (orders[least] as number))) {
          least = child
          leastAt = childAt
        }
      }
      if (at < leastAt || (at === leastAt && order < (orders[least] as number))) break
      this.#move(least, place)
      place = least
    }
    this.#put(place, at, order, slot)
  }

  #grow (): void {
    if (this.#capacity >= SLOTS_MOST) throw new RangeError(`more than ${SLOTS_MOST} events wait: something asks for events without end`)
    this.#capacity *= 2
    this.#times = widened(this.#times, new Float64Array(this.#capacity))
    this.#orders = widened(this.#orders, new Float64Array(this.#capacity))
    this.#slots = widened(this.#slots, new Int32Array(this.#capacity))
    this.#places = widened(this.#places, new Int32Array(this.#capacity))
    this.#generations = widened(this.#generations, new Int32Array(this.#capacity))
  }
}

function widened<Numbers extends Float64Array | Int32Array> (from: Numbers, to: Numbers): Numbers {
  to.set(from)
  return to
}
