/** Calm reminders on this phone, by push. The browser is asked only when she taps; a no is answered with what to do. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { EndpointsListed } from '../../../server/contract/endpoint.ts'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { Choices } from '../../parts/field.tsx'
import { Mark } from '../../parts/mark.tsx'
import { LightButton, QuietButton, Screen, Title } from '../../parts/screen.tsx'
import type { Key } from '../../say/catalogs.ts'
import { say, spoken } from '../../say/say.ts'
import { deaf, subscribe } from '../../wake/her-subscription.ts'
import type { Deaf } from '../../wake/her-subscription.ts'
import { Refusal } from '../refusal.tsx'
import { When } from '../when.tsx'

type Endpoint = Static<typeof EndpointsListed>['endpoints'][number]
type Text = Endpoint['text']
const WHY: Readonly<Record<Deaf, Key>> = { denied: 'list.reminders.denied', 'no-push': 'list.reminders.noPush', 'iphone-tab': 'list.reminders.iPhoneTab', failed: 'list.reminders.failed' }

export function Reminders () {
  const [endpoints, setEndpoints] = useState<readonly Endpoint[] | null>(null)
  const [text, setText] = useState<Text>('discreet')
  const [why, setWhy] = useState<Deaf | null>(deaf())
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const read = async (): Promise<void> => {
    const answer = await ask<Static<typeof EndpointsListed>>('GET', '/me/endpoints')
    if (answer.ok) setEndpoints(answer.data.endpoints)
    setTrouble(answer.ok ? null : answer)
  }
  useEffect(() => { void read() }, [])
  const begin = async (): Promise<void> => {
    const made = await subscribe()
    setWhy(made.ok ? null : made.why)
    if (!made.ok) return
    const answer = await ask('PUT', '/me/endpoints', { ...made.subscription, text, language: spoken.value })
    await read()
    if (!answer.ok) setTrouble(answer)
  }
  // The browser's own subscription stays: the same phone may watch over somebody.
  const end = async (endpoint: string): Promise<void> => {
    const answer = await ask('DELETE', `/me/endpoints/${endpoint}`)
    await read()
    if (!answer.ok) setTrouble(answer)
  }
  return (
    <Screen back="/more" closes foot={<LightButton onClick={() => { void begin() }}>{say('list.reminders.begin')}</LightButton>}>
      <div class="stack">
        <Title lead={say('list.reminders.lead')}>{say('list.more.reminders')}</Title>
        <p class="row-more">{say('list.reminders.which')}</p>
        <fieldset class="plain"><legend class="field-label">{say('list.reminders.text')}</legend><Choices label={say('list.reminders.text')} of={(['discreet', 'full'] as const).map((is: Text) => ({ is, says: say(`list.reminders.${is}`) }))} chosen={text} onChoose={setText} /><p class="row-more">{say(text === 'full' ? 'list.reminders.fullMore' : 'list.reminders.discreetMore')}</p></fieldset>
        <p class="trouble" role="alert">{why === null ? '' : say(WHY[why])}</p>
        <Refusal of={trouble} />
        <ul class="rows">
          {(endpoints ?? []).map(({ endpoint, text: how, addedAt }, at) => (
            <li key={endpoint}><div class="row"><Mark sure="proven" /><span class="row-words"><span class="row-name">{say('list.reminders.device', { number: at + 1 })}</span><span class="row-more"><When at={addedAt} />. {say(`list.reminders.${how}`)}</span></span><QuietButton class="button-narrow" onClick={() => { void end(endpoint) }}>{say('list.reminders.end')}<span class="unseen"> {say('list.reminders.device', { number: at + 1 })}</span></QuietButton></div></li>
          ))}
        </ul>
      </div>
    </Screen>
  )
}
