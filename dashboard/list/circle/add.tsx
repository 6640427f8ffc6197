/** Somebody new: a code for one person, by link, by picture or read aloud; then the digits on their phone, by voice. */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { PairingCode } from '../../../server/contract/circle.ts'
import type { Refused } from '../../api/ask.ts'
import { Mark } from '../../parts/mark.tsx'
import { QrShown } from '../../parts/qr-shown.tsx'
import { LightButton, QuietButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { every } from '../../shell/clock.ts'
import { go } from '../../shell/route.ts'
import { now } from '../../shell/service-time.ts'
import { forgetWhenLeft, guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { When } from '../when.tsx'
import { contacts, readContacts } from './book.ts'
import type { Contact } from './book.ts'
import { ConfirmDigits } from './confirm-digits.tsx'

const LOOK_MS = 3_000

/** `before`: who was there already. Outlives the PIN screen: the code was shown once. */
type Pairing = { readonly code: string, readonly expiresAt: number, readonly before: ReadonlySet<string> }
const pairing = signal<Pairing | null>(null)
forgetWhenLeft(() => { pairing.value = null })

async function begin (): Promise<Refused | null> {
  const read = await readContacts()
  if (read !== null) return read
  const before = new Set(contacts.value.map(({ responder }) => responder))
  const made = await guarded<Static<typeof PairingCode>>('POST', '/contacts/codes')
  if (!made.ok) return made
  pairing.value = { ...made.data, before }
  return null
}

export function Add () {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const open = pairing.value
  const joined = open === null ? undefined : contacts.value.find(({ responder }) => !open.before.has(responder))
  return (
    <Screen back="/circle" closes mood="pair">
      {joined !== undefined
        ? <Joined contact={joined} />
        : open !== null && open.expiresAt > now.value
          ? <Waiting pairing={open} />
          : <>
            <Title lead={say('list.add.lead')}>{say('list.add.title')}</Title>
            <p class="word">{say('list.add.word')}</p>
            <Refusal of={trouble} />
            <div class="foot foot-inline"><LightButton onClick={() => { void begin().then(setTrouble) }}>{say(open === null ? 'list.add.make' : 'list.add.makeNew')}</LightButton></div>
          </>}
    </Screen>
  )
}

function Waiting ({ pairing: { code, expiresAt } }: { readonly pairing: Pairing }) {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const [copied, setCopied] = useState(false)
  const link = `${location.origin}/r#${code}`
  useEffect(() => every(LOOK_MS, () => { if (document.visibilityState === 'visible') void readContacts().then(setTrouble) }), [])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }
  return (
    <>
      <Title lead={say('list.add.give')}>{say('list.add.code')}</Title>
      <p class="code-shown" aria-label={say('list.add.codeAloud', { letters: [...code].join(' ') })}>{code.slice(0, 4)} {code.slice(4)}</p>
      <QrShown text={link} label={say('list.add.qr')} />
      <p class="fine">{say('list.add.until')} <When at={expiresAt} />. {say('list.add.once')}</p>
      <p class="fact" role="status"><Mark sure="next" /><span class="fact-what">{say(copied ? 'list.add.copied' : 'list.add.waiting')}</span></p>
      <Refusal of={trouble} />
      <div class="foot foot-inline">
        {typeof navigator.share === 'function'
          ? <LightButton icon="link" onClick={() => { navigator.share({ url: link }).catch(() => { /* She closed it. */ }) }}>{say('list.add.share')}</LightButton>
          : <LightButton icon="link" onClick={() => { void copy() }}>{say('list.add.copy')}</LightButton>}
      </div>
    </>
  )
}

function Joined ({ contact: { responder, name, kind, confirmed } }: { readonly contact: Contact }) {
  const on = (): void => {
    pairing.value = null
    go(`/circle/person/${encodeURIComponent(responder)}`, 'replace')
  }
  return (
    <div class="stack">
      <Title lead={say('list.add.joinedMore', { name })}>{say('list.add.joined', { name })}</Title>
      <p class="row-more">{say(`list.kind.${kind}`)}. {say(`list.kindMore.${kind}`)}</p>
      {confirmed ? <LightButton onClick={on}>{say('shell.continue')}</LightButton> : <ConfirmDigits responder={responder} name={name} onConfirmed={on} />}
      <QuietButton onClick={() => { pairing.value = null; go('/circle') }}>{say('list.add.later')}</QuietButton>
    </div>
  )
}
