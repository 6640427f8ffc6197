/** Her list as it was last read, and how it is changed: whole, on top of the version that was read (R5). */
import { batch, signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { CirclePut, CircleShown, ContactsListed } from '../../../server/contract/circle.ts'
import type { Refused } from '../../api/ask.ts'
import { forgetWhenLeft, guarded } from '../guard.ts'

export type Circle = Static<typeof CircleShown>
export type Step = Circle['steps'][number]
export type Wishes = Circle['wishes']
export type Contact = Static<typeof ContactsListed>['contacts'][number]
export type Gone = Static<typeof ContactsListed>['left'][number]
export type Change = Partial<Omit<Static<typeof CirclePut>, 'version'>>

export const circle = signal<Circle | null>(null)
export const contacts = signal<readonly Contact[]>([])
/** Who left by themselves, until she has read it. */
export const gone = signal<readonly Gone[]>([])

forgetWhenLeft(() => {
  circle.value = null
  contacts.value = []
  gone.value = []
})

export async function readContacts (): Promise<Refused | null> {
  const answer = await guarded<Static<typeof ContactsListed>>('GET', '/contacts')
  if (!answer.ok) return answer
  batch(() => {
    contacts.value = answer.data.contacts
    gone.value = answer.data.left
  })
  return null
}

export async function readList (): Promise<Refused | null> {
  const [list, people] = await Promise.all([guarded<Circle>('GET', '/circle'), readContacts()])
  if (!list.ok) return list
  circle.value = list.data
  return people
}

/** `CIRCLE_CHANGED`: another phone was faster. What is there now has been read, and nothing was saved. */
export async function save (change: Change): Promise<Refused | null> {
  const read = circle.value
  if (read === null) return await readList()
  const { version, steps, note, quietCheck, wishes, mayKnow, sees } = read
  const answer = await guarded<Circle>('PUT', '/circle', { version, steps, note, quietCheck, wishes, mayKnow, sees, ...change })
  if (answer.ok) {
    circle.value = answer.data
    return await readContacts()
  }
  if (answer.reason === 'CIRCLE_CHANGED') await readList()
  return answer
}

export async function removeContact (responder: string): Promise<Refused | null> {
  const answer = await guarded('DELETE', `/contacts/${encodeURIComponent(responder)}`)
  return answer.ok ? await readList() : answer
}

export const nameOf = (responder: string): string => contacts.value.find((contact) => contact.responder === responder)?.name ?? '?'
export const stepOf = (steps: readonly Step[], responder: string): number | null => {
  const at = steps.findIndex(({ people }) => people.includes(responder))
  return at === -1 ? null : at
}
