/** Which pictures the README shows, in the order of its sheet. `row`: on the sheet; `alone`: also a file of its own. */
import type { Complete } from '../../../dashboard/say/language.ts'
import type { Shape } from './camera.ts'

export type Picture = { readonly row: 'her' | 'them' | 'desk' | 'day', readonly part: string, readonly screen: string, readonly language: Complete, readonly shape: Shape, readonly says: string, readonly alone?: string }

export const README: readonly Picture[] = [
  { row: 'her', part: 'lamp and call', screen: 'lamp-not-ready', language: 'nl', shape: 'phone', says: 'Not ready, and why' },
  { row: 'her', part: 'lamp and call', screen: 'lamp-ready', language: 'fr', shape: 'phone', says: 'Ready: all of it proven', alone: 'lamp' },
  { row: 'her', part: 'lamp and call', screen: 'pressing', language: 'fr', shape: 'phone', says: 'Held for 1.2 s' },
  { row: 'her', part: 'lamp and call', screen: 'call-nobody-yet', language: 'nl', shape: 'phone', says: 'Nobody so far' },
  { row: 'her', part: 'without net or PIN', screen: 'call-ana-is-coming', language: 'en', shape: 'phone', says: 'Somebody is coming', alone: 'call' },
  { row: 'her', part: 'lamp and call', screen: 'safe-pin', language: 'en', shape: 'phone', says: 'Her PIN ends it' },
  { row: 'her', part: 'adding', screen: 'circle-few', language: 'en', shape: 'phone', says: 'Her list, in her order' },
  { row: 'them', part: 'watching', screen: 'pair-code', language: 'fr', shape: 'phone', says: 'Pairing' },
  { row: 'them', part: 'watching', screen: 'alert', language: 'en', shape: 'phone', says: 'A call', alone: 'alert' },
  { row: 'them', part: 'watching', screen: 'alert-coming', language: 'en', shape: 'phone', says: 'On the way' },
  { row: 'her', part: 'shift', screen: 'sign-due', language: 'fr', shape: 'phone', says: 'A promised sign' },
  { row: 'them', part: 'list', screen: 'more-help', language: 'fr', shape: 'phone', says: 'Help afterwards' },
  { row: 'them', part: 'PINs', screen: 'pin-second-explained', language: 'en', shape: 'phone', says: 'The second PIN, and its limits' },
  { row: 'them', part: 'door', screen: 'door', language: 'fr', shape: 'phone', says: 'The door' },
  { row: 'them', part: 'door', screen: 'exit', language: 'fr', shape: 'phone', says: 'After a quick exit' },
  { row: 'desk', part: 'rooms', screen: 'rooms', language: 'en', shape: 'desk', says: 'Rooms and buttons, the unheard first', alone: 'rooms' },
  { row: 'desk', part: 'figures', screen: 'figures', language: 'en', shape: 'desk-day', says: 'Published figures (made up here), by day' },
  { row: 'day', part: 'lamp and call', screen: 'lamp-ready', language: 'fr', shape: 'day', says: 'Ready' },
  { row: 'day', part: 'without net or PIN', screen: 'call-ana-is-coming', language: 'en', shape: 'day', says: 'Somebody is coming' },
  { row: 'day', part: 'adding', screen: 'circle-few', language: 'en', shape: 'day', says: 'Her list' },
  { row: 'day', part: 'shift', screen: 'sign-due', language: 'fr', shape: 'day', says: 'A promised sign' },
  { row: 'day', part: 'watching', screen: 'alert', language: 'en', shape: 'day', says: 'A call' },
  { row: 'day', part: 'watching', screen: 'alert-coming', language: 'en', shape: 'day', says: 'On the way' },
  { row: 'day', part: 'list', screen: 'more-help', language: 'fr', shape: 'day', says: 'Help afterwards' }
]
