/** The secret, this once, and how it goes into the phone's own shortcut apps. */
import { useState } from 'preact/hooks'
import { Choices } from '../../parts/field.tsx'
import { LightButton, QuietButton, Screen, Title } from '../../parts/screen.tsx'
import type { Key } from '../../say/catalogs.ts'
import { say } from '../../say/say.ts'

const APPS = {
  'http-shortcuts': ['list.how.httpShortcuts.1', 'list.how.httpShortcuts.2', 'list.how.httpShortcuts.3', 'list.how.httpShortcuts.4', 'list.how.httpShortcuts.5'],
  macrodroid: ['list.how.macroDroid.1', 'list.how.macroDroid.2', 'list.how.macroDroid.3', 'list.how.macroDroid.4', 'list.how.macroDroid.5'],
  iphone: ['list.how.iPhone.1', 'list.how.iPhone.2', 'list.how.iPhone.3', 'list.how.iPhone.4', 'list.how.iPhone.5']
} as const satisfies Readonly<Record<string, readonly Key[]>>
type App = keyof typeof APPS
/** Their own names. */
const NAMES: Readonly<Record<App, string>> = { 'http-shortcuts': 'HTTP Shortcuts (Android)', macrodroid: 'MacroDroid (Android)', iphone: 'iPhone' }
const HEADER = 'Authorization'

export function ShortcutHow ({ secret, onDone }: { readonly secret: string, readonly onDone: () => void }) {
  const [app, setApp] = useState<App>(/iPhone|iPad/.test(navigator.userAgent) ? 'iphone' : 'http-shortcuts')
  return (
    <Screen back="/more" closes foot={<><p class="fine">{say('list.how.try')}</p><LightButton onClick={onDone}>{say('list.how.done')}</LightButton></>}>
      <div class="stack">
        <Title lead={say('list.how.lead')}>{say('list.how.title')}</Title>
        <Choices label={say('list.how.app')} of={(Object.keys(APPS) as App[]).map((is) => ({ is, says: NAMES[is] }))} chosen={app} onChoose={setApp} />
        <Copied label={say('list.how.address')} text={`${location.origin}/api/v1/press`} />
        <Copied label={say('list.how.header')} text={HEADER} />
        <Copied label={say('list.how.value')} text={`Bearer ${secret}`} />
        <ol class="numbered">{APPS[app].map((key) => <li key={key}>{say(key)}</li>)}</ol>
      </div>
    </Screen>
  )
}

function Copied ({ label, text }: { readonly label: string, readonly text: string }) {
  const [copied, setCopied] = useState(false)
  const copy = (): void => { navigator.clipboard.writeText(text).then(() => { setCopied(true) }, () => { setCopied(false) }) }
  return (
    <div class="copied">
      <p><span class="row-more">{label}</span><code>{text}</code></p>
      <QuietButton onClick={copy}>{say(copied ? 'list.how.copied' : 'list.how.copy')}<span class="unseen"> {label}</span></QuietButton>
    </div>
  )
}
