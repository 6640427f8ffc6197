/** How every face begins: theme, words, identity, then the face itself. */
import { render } from 'preact'
import type { ComponentType } from 'preact'
import '../look/look.css'
import { ask } from '../api/ask.ts'
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
      render(<Wordless />, document.body)
      await new Promise<void>((resolve) => { after(AGAIN_MS, resolve) })
    }
  }
}

/** The only words that lie in the page itself: its others did not come. */
const WORDLESS = { fr: 'Pas de réponse. Réessayer', nl: 'Geen antwoord. Opnieuw proberen', en: 'No answer. Try again' }

function Wordless () {
  return <div class="screen"><main class="main stack">{Object.entries(WORDLESS).map(([lang, says]) => <button key={lang} class="quiet-button" lang={lang} onClick={() => { void beginAnew() }}>{says}</button>)}</main></div>
}

/**
 * Loads the page anew, at its present place, if the service answers. What could not be fetched once (scripts, texts, styles) is not
 * fetched again by every browser while the page lives. Else the page stays, and with it what it still tries to get through; resolves only then.
 */
export async function beginAnew (): Promise<void> {
  const answer = await ask('GET', '/me')
  if (!answer.ok && answer.code === 'OFFLINE') return
  location.reload()
  await new Promise(() => {})
}

/** Screens that come later bring words of their own; a change of language changes those too. */
export async function learn (more: readonly Group[]): Promise<void> {
  const fresh = more.filter((group) => !groups.includes(group))
  if (fresh.length === 0) return
  await speak(spoken.value, second(), fresh)
  // Not before: of words that did not come, none is known.
  groups = [...groups, ...fresh]
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
