/** R6: what somebody who joins declares, and what they are then. */
import type { ResponderKind } from './words.ts'

/** `neverForwards`: the version of the text "what I am told here is never passed on to an authority" that they signed. */
export type Declared = { readonly kind: ResponderKind, readonly neverForwards?: string | undefined }

/** An organisation may forward unless it says otherwise in writing: then it is an authority, whatever it calls itself. */
export function kindOf ({ kind, neverForwards }: Declared): ResponderKind {
  return kind === 'organisation' && neverForwards === undefined ? 'authority' : kind
}
