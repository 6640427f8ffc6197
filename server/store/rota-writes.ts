/** The reference persons' rota. Part of `people-store.ts`. */
type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

export type HandoverRow = { readonly id: string, readonly responder: string, readonly fromAt: number, readonly untilAt: number }

export type RotaWrites = {
  /** Adds to this person's own hours; what overlaps or touches becomes one row. */
  addHours: (a: { readonly venue: string, readonly responder: string, readonly fromAt: number, readonly untilAt: number, readonly most: number }) => Ok | No<'NO_ROTA' | 'TOO_MANY_HOURS'>
  /** Takes out the own hours that begin then. */
  cutHours: (a: { readonly venue: string, readonly responder: string, readonly fromAt: number }) => Ok | No<'HOURS_NOT_FOUND'>
  /** Offers own hours to whichever other reference person of the venue takes them. They stay on duty until then. */
  offerHandover: (a: { readonly id: string, readonly venue: string, readonly responder: string, readonly fromAt: number, readonly untilAt: number, readonly most: number }) => Ok | No<'NOT_THEIR_HOURS' | 'TOO_MANY_HOURS'>
  withdrawHandover: (a: { readonly id: string, readonly responder: string }) => Ok | No<'HANDOVER_NOT_FOUND'>
  /** In one transaction the one goes off duty and the other comes on: no hole between. Hours that are past stay whose they were. */
  acceptHandover: (a: { readonly id: string, readonly responder: string, readonly at: number }) => Ok | No<'HANDOVER_NOT_FOUND'>
}

export interface RotaReads {
  /** Open hand-overs of this venue, the soonest first. */
  handovers (venue: string): Promise<readonly HandoverRow[]>
}
