/** What is between a venue and those who work there: offers, the reference persons' rota, standing circles. */
import { Type } from 'typebox'
import { Confirm } from './circle.ts'
import { Alias, Device, NeverForwards, ResponderKind } from './joining.ts'
import { Id, Language, Time, exact, nullable } from './words.ts'

export const OfferParams = exact({ offer: Id })
export const OffersSeen = Type.Object({
  offers: Type.Array(Type.Object({
    offer: Type.String(), venue: Type.String(), name: Type.String(), kind: ResponderKind, offeredAt: Time, state: Type.Enum(['open', 'taken', 'left'])
  }))
})
/** The digits that she heard, by voice or in person. */
export const OfferTake = Confirm
export const OfferMade = Type.Object({ offer: Type.String() })
export const ColleagueOffer = exact({ venue: Id, name: Alias, language: Language, device: Device, neverForwards: Type.Optional(NeverForwards) })
export const OffersOfMine = Type.Object({
  offers: Type.Array(Type.Object({
    offer: Type.String(),
    venue: Type.String(),
    offeredAt: Time,
    code: nullable(Type.String({ description: 'To be read to whoever asks, by voice or in person; it changes by itself. null: the venue took the offer back.' })),
    codeUntil: nullable(Time)
  }))
})
export const OffersOfVenue = Type.Object({
  offers: Type.Array(Type.Object({ offer: Type.String(), kind: ResponderKind, offeredAt: Time, barred: Type.Boolean() }))
})

const Hours = Type.Object({ from: Time, until: nullable(Time) })
export const HoursGiven = exact({ from: Time, until: Time })
/** Own hours are named by when they begin. */
export const HoursParams = exact({ from: Type.String({ pattern: '^[0-9]{1,15}$', minLength: 1, maxLength: 15 }) })
export const HandoverParams = exact({ handover: Id })
export const HandoverOffered = Type.Object({ handover: Type.String() })
export const RotaShown = Type.Object({
  venue: Type.String(),
  hours: Type.Array(Hours),
  handovers: Type.Array(Type.Object({ handover: Type.String(), from: Time, until: Time, mine: Type.Boolean() })),
  gaps: Type.Array(Hours, { description: 'Hours of the next twelve that nobody covers.' })
})
/** Times, never names. null: this venue needs no reference person. */
export const GapsShown = Type.Object({ gaps: nullable(Type.Array(Hours)) })

const People = Type.Array(Id, { minItems: 1, maxItems: 10 })
export const StandingPut = exact({ steps: Type.Array(exact({ waitS: Type.Integer({ minimum: 10, maximum: 60 }), people: People }), { maxItems: 6 }) })
export const StandingShown = Type.Object({
  venues: Type.Array(Type.Object({
    venue: Type.String(),
    name: Type.String(),
    rooms: Type.Array(Type.Object({
      room: Type.String(),
      label: Type.String(),
      armed: Type.Boolean({ description: 'A press is heard although nobody is on shift there.' }),
      steps: Type.Array(Type.Object({ waitS: Type.Number(), people: Type.Array(Type.String()) }))
    })),
    people: Type.Array(Type.Object({ responder: Type.String(), name: nullable(Type.String()), kind: ResponderKind, agreed: Type.Boolean(), may: Type.Boolean() }))
  }))
})
export const AgreementParams = exact({ venue: Id, responder: Id })
