/** Her own record: who changed or saw what concerned her. */
import { Type } from 'typebox'
import { Time } from './words.ts'

export const JournalBy = Type.Enum(['you', 'responder', 'colleague', 'venue', 'operator', 'service'])
/** The newest first. `what` is a stable code; screens have a text for each and show an unknown one as it is. */
export const JournalShown = Type.Object({
  lines: Type.Array(Type.Object({
    id: Type.String(), at: Time, what: Type.String(), by: JournalBy, responder: Type.Optional(Type.String()), room: Type.Optional(Type.String()), device: Type.Optional(Type.String())
  }))
})
