/** Setting her PINs (R15, R16): always both together, so that nothing tells whether there is a second. */
import { useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { PinPad } from '../../parts/pin-pad.tsx'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import type { Key } from '../../say/catalogs.ts'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { her, readHer } from '../../worker/hers.ts'
import { unlock } from '../guard.ts'
import { refusalWords } from '../refusal.tsx'
import { SecondPin } from './second-pin.tsx'

type Stage = 'intro' | 'current' | 'new' | 'again' | 'whether-second' | 'second' | 'second-again' | 'done'
/** What was typed so far; in this page alone, and gone with it. */
type Typed = { readonly current: string | null, readonly pin: string, readonly second: string }
const NOTHING: Typed = { current: null, pin: '', second: '' }
/** R15. */
const DIFFERENT_LEAST = 2

export function SetPin () {
  const [stage, setStage] = useState<Stage>('intro')
  const [typed, setTyped] = useState(NOTHING)
  const [trouble, setTrouble] = useState<string | null>(null)
  const next = (to: Stage, more: Partial<Typed> = {}, words: string | null = null): void => {
    setTyped({ ...typed, ...more })
    setTrouble(words)
    setStage(to)
  }
  const keep = async (duress: string | null): Promise<void> => {
    const refused = await keepPins(typed, duress)
    if (refused === null) next('done', NOTHING)
    else next(refused.reason === 'NOBODY_MAY_KNOW' ? 'whether-second' : 'new', {}, refusalWords(refused))
  }
  switch (stage) {
    case 'intro': return <Intro onBegin={() => { next(her.value?.hasPin === true ? 'current' : 'new') }} />
    case 'current': return <Step key={stage} title="list.pin.current" does="list.pin.currentMore" trouble={trouble} onPin={async (current) => {
      const refused = await unlock(current)
      if (refused === null) next('new', { current })
      else setTrouble(refusalWords(refused))
    }} />
    case 'new': return <Step key={stage} title="list.pin.new" does="list.pin.newMore" trouble={trouble} onPin={(pin) => { next('again', { pin }) }} />
    case 'again': return <Step key={stage} title="list.pin.again" does="list.pin.againMore" trouble={trouble} onPin={(pin) => { if (pin === typed.pin) next('whether-second'); else next('new', {}, say('list.pin.notSame')) }} />
    case 'whether-second': return <SecondPin trouble={trouble} onSecond={() => { next('second') }} onWithout={() => { void keep(null) }} />
    case 'second': return <Step key={stage} title="list.pin.second" does="list.pin.secondMore" trouble={trouble} onPin={(second) => { if (isFit(typed.pin, second)) next('second-again', { second }); else setTrouble(say('list.reason.PIN_TOO_CLOSE')) }} />
    case 'second-again': return <Step key={stage} title="list.pin.again" does="list.pin.againMore" trouble={trouble} onPin={async (second) => { if (second === typed.second) await keep(second); else next('second', {}, say('list.pin.notSame')) }} />
    case 'done': return <Screen back="/more" closes foot={<LightButton onClick={() => { go('/more') }}>{say('shell.done')}</LightButton>}><Title lead={say('list.pin.doneMore')}>{say('list.pin.done')}</Title></Screen>
  }
}

/** Equally long, or its length would tell which one was typed. */
function isFit (pin: string, second: string): boolean {
  return second.length === pin.length && [...pin].filter((digit, at) => digit !== second[at]).length >= DIFFERENT_LEAST
}

async function keepPins ({ current, pin }: Typed, duress: string | null): Promise<Refused | null> {
  const answer = await ask('PUT', '/me/pin', { current, pin, duress })
  if (!answer.ok) return answer
  await readHer()
  return null
}

function Intro ({ onBegin }: { readonly onBegin: () => void }) {
  const has = her.value?.hasPin === true
  return (
    <Screen back="/more" closes foot={<LightButton onClick={onBegin}>{say(has ? 'list.pin.change' : 'list.pin.set')}</LightButton>}>
      <div class="stack">
        <Title lead={say('list.pin.lead')}>{say('list.more.pin')}</Title>
        <ul class="points"><li>{say('list.pin.guards')}</li><li>{say('list.pin.never')}</li><li>{say('list.pin.lost')}</li></ul>
      </div>
    </Screen>
  )
}

type StepProps = { readonly title: Key, readonly does: Key, readonly trouble: string | null, readonly onPin: (pin: string) => Promise<void> | void }

function Step ({ title, does, trouble, onPin }: StepProps) {
  const [busy, setBusy] = useState(false)
  const enter = async (pin: string): Promise<void> => {
    setBusy(true)
    await onPin(pin)
    setBusy(false)
  }
  return (
    <Screen mood="pin" back="/more" closes>
      <div class="hero"><h1 class="page-title" tabIndex={-1}>{say(title)}</h1><p class="hero-more">{say(does)}</p><p class="trouble" role="alert">{trouble ?? ''}</p></div>
      <PinPad busy={busy} does={say('shell.continue')} onPin={(pin) => { void enter(pin) }} />
    </Screen>
  )
}
