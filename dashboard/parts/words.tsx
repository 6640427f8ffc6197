/** Of which group of texts a screen is made. Where groups are read in two languages, each screen says its own (WCAG 3.1.2). */
import { createContext } from 'preact'
import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import type { Group } from '../say/catalogs.ts'
import { langOf } from '../say/say.ts'

const Main = createContext<Group>('shell')

export function Words ({ of, children }: { readonly of: Group, readonly children: ComponentChildren }) {
  return <Main.Provider value={of}>{children}</Main.Provider>
}

/** For `lang`, of the screen that this is called in. */
export function useWordsLang (): string { return langOf(useContext(Main)) }
