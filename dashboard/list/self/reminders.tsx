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
import { say } from '../../say/say.ts'
import { allow, forgetHere, pushText, tellBy, waking } from '../../wake/subscription.ts'
import type { PushText, Waking, Whose } from '../../wake/subscription.ts'
import { useTelling } from '../../wake/telling.ts'
import { her } from '../../worker/hers.ts'
import { Refusal } from '../refusal.tsx'
import { When } from '../when.tsx'

type Endpoint = Static<typeof EndpointsListed>['endpoints'][number]
/** Why nothing can remind this phone. */
const WHY: Partial<Record<Waking['is'], Key>> = { refused: 'list.reminders.denied', impossible: 'list.reminders.noPush', 'needs-icon': 'list.reminders.iPhoneTab', unsaved: 'list.reminders.failed' }

export function Reminders () {
  const [endpoints, setEndpoints] = useState<readonly Endpoint[]>([])
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const [busy, setBusy] = useState(false)
  const session = her.value?.session ?? null
  const whose: Whose | null = session === null ? null : { is: 'worker', session }
  const here = waking.value.is === 'woken' ? waking.value.endpoint : null
  const isTelling = useTelling()
  const why = WHY[waking.value.is]
  const read = async (): Promise<void> => {
    const answer = await ask<Static<typeof EndpointsListed>>('GET', '/me/endpoints')
    if (answer.ok) setEndpoints(answer.data.endpoints)
    setTrouble(answer.ok ? null : answer)
  }
  useEffect(() => { void read() }, [here, pushText.value])
  const begin = async (): Promise<void> => {
    if (whose === null) return
    setBusy(true)
    await allow(whose)
    setBusy(false)
  }
  const end = async (endpoint: string): Promise<void> => {
    const answer = await ask('DELETE', `/me/endpoints/${encodeURIComponent(endpoint)}`)
    if (answer.ok && endpoint === here && whose !== null) await forgetHere(whose)
    await read()
    if (!answer.ok) setTrouble(answer)
  }
  const tell = (text: PushText): void => { if (whose !== null) void tellBy(text, whose).then(read) }
  return (
    <Screen back="/more" closes foot={here === null ? <LightButton disabled={busy || whose === null} onClick={() => { void begin() }}>{say('list.reminders.begin')}</LightButton> : undefined}>
      <div class="stack">
        <Title lead={say('list.reminders.lead')}>{say('list.more.reminders')}</Title>
        <p class="row-more">{say('list.reminders.which')}</p>
        <fieldset class="plain"><legend class="field-label">{say('list.reminders.text')}</legend><Choices label={say('list.reminders.text')} of={(['discreet', 'full'] as const).map((is: PushText) => ({ is, says: say(`list.reminders.${is}`) }))} chosen={pushText.value} onChoose={tell} /><p class="row-more">{say(pushText.value === 'full' ? 'list.reminders.fullMore' : 'list.reminders.discreetMore')}</p></fieldset>
        <p class="trouble" role="alert">{why === undefined ? '' : say(why)}</p>
        <Refusal of={trouble} />
        <ul class="rows">
          {endpoints.map(({ endpoint, text: how, addedAt }, at) => {
            const name = endpoint === here ? say('list.reminders.here') : say('list.reminders.device', { number: at + 1 })
            return <li key={endpoint}><div class="row"><Mark sure="proven" /><span class="row-words"><span class="row-name">{name}</span><span class="row-more"><When at={addedAt} />. {say(`list.reminders.${how}`)}</span></span><QuietButton class="button-narrow" disabled={isTelling} onClick={() => { void end(endpoint) }}>{say('list.reminders.end')}<span class="unseen"> {name}</span></QuietButton></div></li>
          })}
        </ul>
      </div>
    </Screen>
  )
}
