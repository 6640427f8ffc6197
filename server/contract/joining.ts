/** Invites and pairing: how somebody comes in. */
import { Type } from 'typebox'
import { Language, Name, Time, exact, line } from './words.ts'

export const InviteRole = Type.Enum(['worker', 'technician', 'researcher', 'reference-person', 'organisation'])
export const InviteShown = Type.Object({ role: InviteRole, expiresAt: Time })
/** "Chrome on Android": for her own list of devices. */
export const Device = line(60)
export const Alias = line(40)

/**
 * The version of the text "what I am told here is never passed on to police, justice or immigration" that was signed.
 * An organisation that does not sign it is an authority, whatever it calls itself (R6). Who has not signed it is in no house lane and no standing circle.
 */
export const NeverForwards = line(40)

export const Joining = Type.Union([
  exact({ role: Type.Literal('worker'), alias: Alias, language: Language, device: Device }),
  exact({ role: Type.Enum(['reference-person', 'organisation']), name: Name, language: Language, device: Device, neverForwards: NeverForwards }),
  exact({ role: Type.Enum(['technician', 'researcher']), device: Device })
])
export const Joined = Type.Object({ session: Type.String(), role: Type.String() })

export const ResponderKind = Type.Enum(['contact', 'colleague', 'reference-person', 'organisation', 'authority'])
/** `kind`: declared by everybody. Police, justice, immigration, and whoever may forward to them, are `authority` (R6). */
export const PairingJoin = exact({ name: Name, kind: ResponderKind, neverForwards: Type.Optional(NeverForwards), language: Language, device: Device })
export const PairingShown = Type.Object({ expiresAt: Time })
/** The digits on the responder's screen, to be read to her by voice or in person. */
export const PairingJoined = Type.Object({ confirm: Type.String(), kind: Type.Enum(['contact', 'colleague', 'reference-person', 'organisation', 'authority'], { description: 'What they are taken as.' }) })
