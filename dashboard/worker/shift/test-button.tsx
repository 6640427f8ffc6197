/** Her two-minute window: the next press of the room's button is a test, and proves it (R13). */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { WindowOpened } from '../../../server/contract/place.ts'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { Mark } from '../../parts/mark.tsx'
import { LightButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { say } from '../../say/say.ts'
import { clock, left } from '../../say/when.ts'
import { every } from '../../shell/clock.ts'
import { go } from '../../shell/route.ts'
import { now } from '../../shell/service-time.ts'
import { home, readShift, shift } from '../hers.ts'

const LOOK_MS = 2_000

export function TestButton ({ room, label }: { readonly room: string, readonly label: string }) {
  const [begun, setBegun] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => every(LOOK_MS, () => { void readShift() }), [])
  const window = shift.value?.window ?? null
  const isOpen = begun && window !== null && window.for === 'test' && !window.used && window.closesAt > now.value
  const heardAt = begun && window?.used === true ? home.value?.readiness?.shown.pressedAt ?? null : null
  const open = async (): Promise<void> => {
    const answer = await ask<Static<typeof WindowOpened>>('POST', '/test', { room })
    if (answer.ok) await readShift()
    setBegun(answer.ok)
    setTrouble(answer.ok ? null : answer)
  }
  const stop = (): void => {
    void ask('DELETE', '/test')
    go('/shift')
  }
  return (
    <Screen mood={isOpen ? 'shift' : 'work'} closes back="/shift" foot={isOpen ? <TextButton onClick={stop}>{say('shell.cancel')}</TextButton> : <LightButton onClick={() => { void open() }}>{say(begun ? 'shell.again' : 'worker.test.begin')}</LightButton>}>
      {isOpen ? <div class="hero" role="status"><h1 class="hero-fact" tabIndex={-1}>{say('worker.shift.pressNow', { room: label })}</h1><p class="hero-more"><time class="waits-clock">{left(window.closesAt - now.value)}</time></p></div>
        : <Title lead={say('worker.test.lead')}>{say('worker.test.title')}</Title>}
      <Trouble of={trouble} />
      {begun && window?.used === true ? <ul class="facts"><li class="fact"><Mark sure="proven" /><span class="fact-what" role="status">{say('worker.test.heard')}</span>{heardAt === null ? null : <time class="fact-when">{clock(heardAt, true)}</time>}</li></ul> : null}
      {begun && window?.used === false && !isOpen ? <p class="trouble" role="alert">{say('worker.test.nothing')}</p> : null}
    </Screen>
  )
}
