/** Several names on one phone, each behind its own PIN (R24). */
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { Mark } from '../../parts/mark.tsx'
import { PinPad } from '../../parts/pin-pad.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { aliases, endsAt, her, leaveFor, readHer } from '../../worker/hers.ts'
import type { Worker } from '../../worker/hers.ts'
import { Refusal } from '../refusal.tsx'

export function Aliases () {
  const [wanted, setWanted] = useState<Worker | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => { void readHer() }, [])
  const use = async ({ session }: Worker, pin: string | null): Promise<void> => {
    endsAt.value = '/w'
    const answer = await ask('POST', '/sessions/use', { session, ...(pin === null ? {} : { pin }) })
    // Nothing of the other name stays in this page.
    if (answer.ok) leaveFor('/w')
    else {
      endsAt.value = '/'
      setTrouble(answer)
    }
  }
  // With nobody in use there is nothing behind this.
  const back = her.value === null ? {} : { back: '/more' }
  if (wanted !== null) return <Pin back={back} trouble={trouble} onPin={async (pin) => { await use(wanted, pin) }} />
  return (
    <Screen {...back} closes>
      <div class="stack">
        <Title lead={say('list.aliases.lead')}>{say('list.more.aliases')}</Title>
        <Refusal of={trouble} />
        <ul class="rows">{aliases.value.map((each, at) => <li key={each.session}><Row of={each} number={at + 1} onUse={() => { if (each.hasPin) setWanted(each); else void use(each, null) }} /></li>)}</ul>
        <ul class="rows rows-apart">
          <li><a class="row" href="/#/code"><span class="row-words"><span class="row-name">{say('list.aliases.add')}</span><span class="row-more">{say('list.aliases.addMore')}</span></span><Icon name="plus" /></a></li>
          <li><a class="row" href="/#/alone"><span class="row-words"><span class="row-name">{say('list.aliases.alone')}</span></span><Icon name="plus" /></a></li>
        </ul>
      </div>
    </Screen>
  )
}

function Row ({ of: { alias, inUse, hasPin }, number, onUse }: { readonly of: Worker, readonly number: number, readonly onUse: () => void }) {
  const name = alias ?? say('list.aliases.hidden', { number })
  if (inUse) return <div class="row" aria-current="true"><Mark sure="next" /><span class="row-words"><span class="row-name">{name}</span><span class="row-more">{say('list.aliases.inUse')}</span></span></div>
  return <button class="row" type="button" onClick={onUse}><span class="row-words"><span class="row-name">{name}</span><span class="row-more">{say(hasPin ? 'list.aliases.behindPin' : 'list.aliases.switch')}</span></span><Icon name={hasPin ? 'lock' : 'onward'} /></button>
}

function Pin ({ back, trouble, onPin }: { readonly back: { readonly back?: string }, readonly trouble: Refused | null, readonly onPin: (pin: string) => Promise<void> }) {
  const [busy, setBusy] = useState(false)
  const enter = async (pin: string): Promise<void> => {
    setBusy(true)
    await onPin(pin)
    setBusy(false)
  }
  return (
    <Screen mood="pin" {...back} closes>
      <div class="hero"><h1 class="page-title" tabIndex={-1}>{say('list.gate.title')}</h1><p class="hero-more">{say('list.aliases.pin')}</p><Refusal of={trouble} /></div>
      <PinPad busy={busy} does={say('list.aliases.switch')} onPin={(pin) => { void enter(pin) }} />
    </Screen>
  )
}
