/** Which piece of these screens is loaded for an address. */
import type { ComponentType } from 'preact'

export type Load = () => Promise<ComponentType>
type Pieces = Readonly<Record<string, Load>>

const CIRCLE: Pieces = {
  '': async () => (await import('./circle/circle.tsx')).Circle,
  add: async () => (await import('./circle/add.tsx')).Add,
  authority: async () => (await import('./circle/authority.tsx')).Authority,
  colleague: async () => (await import('./venue/colleague.tsx')).Colleague,
  offers: async () => (await import('./venue/offers.tsx')).Offers,
  order: async () => (await import('./circle/order.tsx')).Order,
  person: async () => (await import('./circle/person.tsx')).Person,
  rooms: async () => (await import('./venue/rooms.tsx')).Rooms,
  wishes: async () => (await import('./circle/wishes.tsx')).Wishes,
  words: async () => (await import('./circle/hints.tsx')).Hints
}
/** Behind her PIN, where she has one. */
const GUARDED: Pieces = {
  devices: async () => (await import('./self/devices.tsx')).Devices,
  erase: async () => (await import('./data/erase.tsx')).Erase,
  export: async () => (await import('./data/export.tsx')).Export,
  forget: async () => (await import('./data/forget.tsx')).Forget,
  history: async () => (await import('./data/history.tsx')).History,
  journal: async () => (await import('./data/journal.tsx')).Journal,
  shortcut: async () => (await import('./self/shortcut.tsx')).Shortcut,
  words: async () => (await import('./self/recovery.tsx')).Recovery
}
const help: Load = async () => (await import('./help/help.tsx')).Help
/** Nothing of hers stands there before she has typed it. */
const OPEN: Pieces = {
  '': async () => (await import('./self/more.tsx')).More,
  data: async () => (await import('./data/data.tsx')).Data,
  help,
  icon: async () => (await import('./self/icon-choice.tsx')).IconChoice,
  pin: async () => (await import('./self/pin.tsx')).SetPin,
  reminders: async () => (await import('./self/reminders.tsx')).Reminders,
  settings: async () => (await import('./self/settings.tsx')).Settings
}
const aliases: Load = async () => (await import('./self/aliases.tsx')).Aliases

export type Piece = { readonly key: string, readonly load: Load, readonly guarded: boolean, readonly back: string }

export function pieceOf ([place = '', screen = '']: readonly string[]): Piece {
  // From where something has just ended, without a way through her list.
  if (place === 'help') return { key: place, load: help, guarded: false, back: '/' }
  if (place === 'aliases') return { key: place, load: aliases, guarded: false, back: '/more' }
  const [pieces, guarded] = place === 'circle' ? [CIRCLE, true] : Object.hasOwn(GUARDED, screen) ? [GUARDED, true] : [OPEN, false]
  const known = Object.hasOwn(pieces, screen) ? screen : ''
  return { key: `${place}/${known}`, load: pieces[known] ?? aliases, guarded, back: place === 'circle' ? '/' : '/more' }
}
