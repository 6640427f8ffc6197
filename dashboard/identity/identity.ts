/** The app bears one of three neutral names and icons (R22): what a stranger sees is a night light, a moon or a cup of tea. */
import { signal } from '@preact/signals'
import { keep, kept } from '../shell/kept.ts'

export const IDENTITIES = ['lueur', 'lune', 'tisane'] as const
export type Identity = typeof IDENTITIES[number]
export const TITLES: Readonly<Record<Identity, string>> = { lueur: 'Lueur', lune: 'Lune', tisane: 'Tisane' }
export type Face = 'door' | 'w' | 'r' | 't' | 's'

const chosen = kept('identity')
export const identity = signal<Identity>(IDENTITIES.find((name) => name === chosen) ?? 'lueur')

/** Title, icon and manifest follow; an app that is already installed keeps what it was installed with. */
export function bear (name: Identity, face: Face, language: string): void {
  identity.value = name
  keep('identity', name)
  document.title = TITLES[name]
  linkTo('manifest', `/m/${name}-${face}-${language}.webmanifest`)
  linkTo('icon', `/icons/${name}.svg`)
  linkTo('apple-touch-icon', `/icons/${name}-180.png`)
}

function linkTo (rel: string, href: string): void {
  const link = document.head.querySelector<HTMLLinkElement>(`link[rel="${rel}"]`) ?? document.head.appendChild(Object.assign(document.createElement('link'), { rel }))
  link.href = href
}
