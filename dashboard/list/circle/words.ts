/** How steps, wishes and what somebody sees are said. */
import { langOf, say } from '../../say/say.ts'
import type { Contact, Wishes } from './book.ts'

export function stepName (at: number): string {
  return at === 0 ? say('list.step.first') : at === 1 ? say('list.step.then') : say('list.step.number', { number: at + 1 })
}

export function wishWords ({ ambulance, police }: Wishes): string {
  return say('list.wishes.both', { ambulance: say(`list.wishes.${ambulance}`), police: say(`list.wishes.${police}`) })
}

export function seesWords ({ alias, room, address }: Contact['sees']): string {
  const parts = [alias ? say('list.sees.alias') : null, room ? say('list.sees.room') : null, address ? say('list.sees.address') : null].filter((part) => part !== null)
  return parts.length === 0 ? say('list.sees.nothing') : say('list.sees.these', { these: new Intl.ListFormat(langOf('list'), { type: 'unit', style: 'short' }).format(parts) })
}
