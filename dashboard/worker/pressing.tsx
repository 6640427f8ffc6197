/** Over any screen while something is held: what happens on letting go, clear of the finger; and the stop of a countdown. */
import { useEffect, useRef } from 'preact/hooks'
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
      <div class="hero" role="status"><p class="hero-fact">{held.by === 'finger' ? say('safety.hold.keep') : say('safety.hold.countdown', { count: held.left })}</p>{more === null ? null : <p class="hero-more">{say(more)}</p>}</div>
      {held.by === 'finger' ? <p class="let-go"><strong>{say('safety.hold.letGo')}</strong> {say('safety.hold.else')}</p> : <Stop held={held} />}
    </>
  )
}

function Stop ({ held }: { readonly held: Holding }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => { button.current?.focus({ preventScroll: true }) }, [held.kind])
  return <p class="let-go"><button class="quiet-button" type="button" ref={button} onClick={() => { letGo('stopped') }}>{say('safety.hold.stop')}</button></p>
}
