/** How every face begins: theme, words, identity, then the face itself. */
import { render } from 'preact'
import type { ComponentType } from 'preact'
import '../look/look.css'
import { bear, identity } from '../identity/identity.ts'
import type { Face } from '../identity/identity.ts'
import { Words } from '../parts/words.tsx'
import type { Group } from '../say/catalogs.ts'
import { isForAll, languagesOf } from '../say/language.ts'
import type { Complete, Language } from '../say/language.ts'
import { preferred, remember, rememberSecond, second } from '../say/preferred.ts'
import { langOf, speak, spoken } from '../say/say.ts'
import { after } from './clock.ts'
import { heedInstall } from './install.ts'
import { wearKept } from './theme.ts'

const AGAIN_MS = 1_500
let face: Face = 'door'
let groups: readonly Group[] = []
/** What a screen of this face is said in, unless it says otherwise. */
let main: Group = 'shell'

export async function begin (is: Face, texts: readonly Group[], Root: ComponentType): Promise<void> {
  face = is
  groups = ['shell', ...texts]
  main = texts.find(isForAll) ?? texts[0] ?? 'shell'
  wearKept()
  heedInstall()
  await wordsAtLast()
  render(<Words of={main}><Root /></Words>, document.body)
}

/** A net that went away between the page and its words: a page without any would stay dark for ever. */
async function wordsAtLast (): Promise<void> {
  for (;;) {
    try {
      return await useLanguage(preferred())
    } catch {
      await new Promise<void>((resolve) => { after(AGAIN_MS, resolve) })
    }
  }
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
  // A face that does not have her language at all is in one language as a whole, down to its buttons.
  await speak(languagesOf(main).includes(language) ? language : second(), second(), groups)
  document.documentElement.lang = langOf(main)
}

/** For the texts that the language of this phone does not have. */
export async function useSecondLanguage (language: Complete): Promise<void> {
  rememberSecond(language)
  await useLanguage(preferred())
}

export function bearIdentity (name: typeof identity.value, language: Language): void { bear(name, face, language) }
