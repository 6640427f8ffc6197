/** Makes the web app manifests at build time: one an identity, face and language. Runs in Node, not in the browser. */
import type { Plugin } from 'vite'
import { NAMES, tagOf } from '../say/language.ts'
import type { Language } from '../say/language.ts'

export const IDENTITIES = { lueur: 'Lueur', lune: 'Lune', tisane: 'Tisane' } as const
const LANGUAGES = Object.keys(NAMES) as Language[]
/** Short cuts by long press on the icon. Their words say no more than the icon does. */
const SHORTCUTS = {
  w: { '/': { fr: 'Lampe', nl: 'Lamp', en: 'Lamp', ro: 'Lampă', bg: 'Лампа', es: 'Lámpara', pt: 'Lâmpada', sq: 'Llambë' }, '/shift': { fr: 'Heure', nl: 'Uur', en: 'Time', ro: 'Ora', bg: 'Час', es: 'Hora', pt: 'Hora', sq: 'Ora' } },
  r: { '/available': { fr: 'Ce soir', nl: 'Vanavond', en: 'Tonight', ro: 'Diseară', bg: 'Тази вечер', es: 'Esta noche', pt: 'Esta noite', sq: 'Sonte' } },
  door: {},
  t: {},
  s: {}
} as const

export function manifests (): Plugin {
  return {
    name: 'manifests',
    generateBundle () {
      for (const [identity, name] of Object.entries(IDENTITIES)) {
        for (const [face, shortcuts] of Object.entries(SHORTCUTS)) {
          for (const language of LANGUAGES) {
            this.emitFile({ type: 'asset', fileName: `m/${identity}-${face}-${language}.webmanifest`, source: JSON.stringify(manifest(identity, name, face, language, shortcuts)) })
          }
        }
      }
    }
  }
}

function manifest (identity: string, name: string, face: string, language: Language, shortcuts: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const start = face === 'door' ? '/' : `/${face}`
  const png = (size: number, purpose: string) => ({ src: `/icons/${identity}-${purpose === 'maskable' ? 'maskable-' : ''}${size}.png`, sizes: `${size}x${size}`, type: 'image/png', purpose })
  return {
    // One app an origin and face, whatever it is called.
    id: start,
    name,
    short_name: name,
    lang: tagOf(language),
    start_url: start,
    scope: '/',
    display: 'standalone',
    background_color: '#121015',
    theme_color: '#121015',
    icons: [png(192, 'any'), png(512, 'any'), png(192, 'maskable'), png(512, 'maskable')],
    shortcuts: Object.entries(shortcuts).map(([path, words]) => ({ name: words[language], url: `${start}#${path}`, icons: [png(192, 'any')] }))
  }
}
