/** R6: what somebody who joins declares, and what they are then. */
import type { Picture } from './picture.ts'
import type { ResponderId, ResponderKind } from './words.ts'

/** `neverForwards`: the version of the text "what I am told here is never passed on to an authority" that they signed. */
export type Declared = { readonly kind: ResponderKind, readonly neverForwards?: string | undefined }

/** An organisation may forward unless it says otherwise in writing: then it is an authority, whatever it calls itself. */
export function kindOf ({ kind, neverForwards }: Declared): ResponderKind {
  return kind === 'organisation' && neverForwards === undefined ? 'authority' : kind
}

/** Of whom it is known, in writing, that nothing is passed on. Only these are told without being chosen by her. */
export type NeverForwarding = ResponderId & { readonly never: 'forwards' }

/** null: an authority, or somebody who has declared nothing. */
export function neverForwarding ({ folk }: Picture, responder: string): NeverForwarding | null {
  const row = folk.responders.get(responder)
  return row === undefined || row.kind === 'authority' || row.neverForwardsAt === null ? null : responder as NeverForwarding
}
