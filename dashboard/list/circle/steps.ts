/** Moving people between the steps of an order. Pure; an emptied step is gone, nobody stands twice. */

/** What every order has, her own and a room's. */
export type AnyStep = { readonly waitS: number, readonly people: readonly string[] }
export type Waits<S extends AnyStep> = Omit<S, 'people'>

export const STEPS_MAX = 6
export const PEOPLE_PER_STEP_MAX = 10
/** R9: at most a minute. */
export const WAITS_S = [10, 20, 30, 45, 60] as const
/** Longer only for a quiet check. */
export const ASSIST_WAITS_S = [60, 120, 300, 600] as const
export const WAIT_S = 30

type To = { readonly step: number } | { readonly before: number } | 'out'

/** `before`: into a step of their own, made before that one; at the end for the number after the last. */
export function moved<S extends AnyStep> (steps: readonly S[], who: string, to: To, fresh: Waits<S>): S[] {
  const without = steps.map((step) => ({ ...step, people: step.people.filter((each) => each !== who) }))
  const own = { ...fresh, people: [who] } as unknown as S
  const placed = to === 'out'
    ? without
    : 'step' in to
      ? without.map((step, at) => at === to.step ? { ...step, people: [...step.people, who] } : step)
      : [...without.slice(0, to.before), own, ...without.slice(to.before)]
  return placed.filter(({ people }) => people.length > 0)
}

/** One step sooner: into the one before, or, from among others in the first, into a new first one. null: nobody is sooner. */
export function sooner<S extends AnyStep> (steps: readonly S[], who: string, fresh: Waits<S>): S[] | null {
  const at = steps.findIndex(({ people }) => people.includes(who))
  if (at === -1) return null
  if (at > 0) return fits(steps[at - 1]) ? moved(steps, who, { step: at - 1 }, fresh) : null
  return steps[0]?.people.length === 1 || steps.length >= STEPS_MAX ? null : moved(steps, who, { before: 0 }, fresh)
}

export function later<S extends AnyStep> (steps: readonly S[], who: string, fresh: Waits<S>): S[] | null {
  const at = steps.findIndex(({ people }) => people.includes(who))
  if (at === -1) return null
  if (at < steps.length - 1) return fits(steps[at + 1]) ? moved(steps, who, { step: at + 1 }, fresh) : null
  return steps[at]?.people.length === 1 || steps.length >= STEPS_MAX ? null : moved(steps, who, { before: steps.length }, fresh)
}

/** Its people join the step before it; those of the first join the one after. */
export function merged<S extends AnyStep> (steps: readonly S[], at: number): S[] {
  const into = at === 0 ? 1 : at - 1
  const joining = steps[at]?.people ?? []
  return steps.flatMap((step, index) => index === at ? [] : index === into ? [{ ...step, people: at === 0 ? [...joining, ...step.people] : [...step.people, ...joining] }] : [step])
}

export function mayMerge (steps: readonly AnyStep[], at: number): boolean {
  const into = steps[at === 0 ? 1 : at - 1]
  return into !== undefined && into.people.length + (steps[at]?.people.length ?? 0) <= PEOPLE_PER_STEP_MAX
}

export function fits (step: AnyStep | undefined): boolean { return step !== undefined && step.people.length < PEOPLE_PER_STEP_MAX }
