/** The few words that this worker says by itself; what it is told, it shows as it came. */
import bg from '../../server/contract/texts/push/bg.json'
import en from '../../server/contract/texts/push/en.json'
import es from '../../server/contract/texts/push/es.json'
import fr from '../../server/contract/texts/push/fr.json'
import nl from '../../server/contract/texts/push/nl.json'
import pt from '../../server/contract/texts/push/pt.json'
import ro from '../../server/contract/texts/push/ro.json'
import sq from '../../server/contract/texts/push/sq.json'

type Words = Pick<typeof en, 'result' | 'discreet'>
const WORDS: Readonly<Record<string, Words>> = { fr, nl, en, ro, bg, es, pt, sq }

export function words (language: string): Words { return WORDS[language.slice(0, 2)] ?? en }
/** What the browser speaks, where the service speaks it too. */
export function languageHere (): string {
  const language = navigator.language.slice(0, 2)
  return language in WORDS ? language : 'en'
}
