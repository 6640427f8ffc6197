/** Over any screen while something is held: what happens on letting go, clear of the finger; and the stop of a countdown. */
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { say } from '../say/say.ts'
import { holding, letGo } from './hold.tsx'
import type { Holding } from './hold.tsx'

const MORE = { alarm: null, 'silent-alarm': 'safety.hold.silentMore', assist: 'safety.hold.assistMore' } as const

export function Pressing () {
  const held = holding.value
  if (held === null) return null
  const more = MORE[held.kind]
  return (
    <>
      {held.by === 'finger' ? <div class="hero" role="status"><p class="hero-fact">{say('safety.hold.keep')}</p></div> : null}
      <div class="let-go">
        {held.by === 'finger' ? <><Icon name="lift" /> <strong>{say('safety.hold.letGo')}</strong> <span>{say(more ?? 'safety.hold.else')}</span></> : <><p role="status"><strong>{say('safety.hold.countdown', { count: held.left })}</strong></p>{more === null ? null : <span>{say(more)}</span>}<Stop held={held} /></>}
      </div>
    </>
  )
}

function Stop ({ held }: { readonly held: Holding }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => { button.current?.focus({ preventScroll: true }) }, [held.kind])
  return <button class="quiet-button" type="button" ref={button} onClick={() => { letGo('stopped') }}>{say('safety.hold.stop')}</button>
}
