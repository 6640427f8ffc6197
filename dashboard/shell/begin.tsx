/** How every face begins: theme, words, identity, then the face itself. */
import { render } from 'preact'
import type { ComponentType } from 'preact'
import '../look/look.css'
import { bear, identity } from '../identity/identity.ts'
import type { Face } from '../identity/identity.ts'
import type { Group } from '../say/catalogs.ts'
import type { Complete, Language } from '../say/language.ts'
import { preferred, remember, rememberSecond, second } from '../say/preferred.ts'
import { speak, spoken } from '../say/say.ts'
import { wearKept } from './theme.ts'

let face: Face = 'door'
let groups: readonly Group[] = []

export async function begin (is: Face, texts: readonly Group[], Root: ComponentType): Promise<void> {
  face = is
  groups = ['shell', ...texts]
  wearKept()
  await useLanguage(preferred())
  render(<Root />, document.body)
}

/** Screens that come later bring words of their own; a change of language changes those too. */
export async function learn (more: readonly Group[]): Promise<void> {
  const fresh = more.filter((group) => !groups.includes(group))
  groups = [...groups, ...fresh]
  if (fresh.length > 0) await speak(spoken.value, second(), fresh)
}

/** From now on, on this phone. */
export async function useLanguage (language: Language): Promise<void> {
  remember(language)
  bear(identity.value, face, language)
  await speak(language, second(), groups)
}

/** For the texts that the language of this phone does not have. */
export async function useSecondLanguage (language: Complete): Promise<void> {
  rememberSecond(language)
  await speak(spoken.value, language, groups)
}

export function bearIdentity (name: typeof identity.value, language: Language): void { bear(name, face, language) }
