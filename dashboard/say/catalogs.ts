/** Where the texts lie: one file a group and language. Each face loads only its own, in one language. */
import type door from '../../server/contract/texts/door/en.json'
import type help from '../../server/contract/texts/help/en.json'
import type list from '../../server/contract/texts/list/en.json'
import type push from '../../server/contract/texts/push/en.json'
import type researcher from '../../server/contract/texts/researcher/en.json'
import type responder from '../../server/contract/texts/responder/en.json'
import type safety from '../../server/contract/texts/safety/en.json'
import type shell from '../../server/contract/texts/shell/en.json'
import type technician from '../../server/contract/texts/technician/en.json'
import type worker from '../../server/contract/texts/worker/en.json'
import type { Language } from './language.ts'

export type Catalogs = {
  /** What every face shows: buttons, troubles, languages. */
  readonly shell: typeof shell
  /** Coming in: invites, codes, words. */
  readonly door: typeof door
  /** What a frightened person reads: her lamp, her alarm, and an alert. */
  readonly safety: typeof safety
  readonly worker: typeof worker
  /** Her list: people, steps, consents, offers. */
  readonly list: typeof list
  readonly responder: typeof responder
  readonly technician: typeof technician
  readonly researcher: typeof researcher
  readonly help: typeof help
  /** The service's notifications; pages use their words for the same answers. */
  readonly push: typeof push
}
export type Group = keyof Catalogs

type PluralOf<Name extends string> = Name extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Base : Name
type Leaves<T> = { [Name in keyof T & string]: T[Name] extends string ? PluralOf<Name> : `${Name}.${Leaves<T[Name]>}` }[keyof T & string]
export type Key = { [G in Group]: `${G}.${Leaves<Catalogs[G]>}` }[Group]

const files = import.meta.glob<object>('../../server/contract/texts/*/*.json', { import: 'default' })

export async function read (group: Group, language: Language): Promise<object> {
  const load = files[`../../server/contract/texts/${group}/${language}.json`]
  return load === undefined ? {} : await load()
}
