/** How every face begins: theme, words, identity, then the face itself. */
import { render } from 'preact'
import type { ComponentType } from 'preact'
import '../look/look.css'
import { bear, identity } from '../identity/identity.ts'
import type { Face } from '../identity/identity.ts'
import type { Group } from '../say/catalogs.ts'
import { preferred, remember, second } from '../say/language.ts'
import type { Language } from '../say/language.ts'
import { speak } from '../say/say.ts'
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

/** From now on, on this phone. */
export async function useLanguage (language: Language): Promise<void> {
  remember(language)
  bear(identity.value, face, language)
  await speak(language, second(), groups)
}

export function bearIdentity (name: typeof identity.value, language: Language): void { bear(name, face, language) }
