/** "Chrome on Android": for her own list of devices; and the language the service writes to her in. */
import type { Language as ServiceLanguage } from '../../server/contract/words.ts'
import type { Language } from '../say/language.ts'
import { second } from '../say/language.ts'

const BROWSERS = [['Firefox/', 'Firefox'], ['Edg/', 'Edge'], ['SamsungBrowser/', 'Samsung Internet'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']] as const
const SYSTEMS = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'Mac'], ['Linux', 'Linux']] as const

export function deviceName (agent: string = navigator.userAgent): string {
  const find = (of: readonly (readonly [string, string])[]): string => of.find(([mark]) => agent.includes(mark))?.[1] ?? '?'
  return `${find(BROWSERS)}, ${find(SYSTEMS)}`
}

const SERVED: readonly string[] = ['fr', 'nl', 'en'] satisfies ServiceLanguage[]
export function serviceLanguage (language: Language): ServiceLanguage {
  return (SERVED.includes(language) ? language : second()) as ServiceLanguage
}
