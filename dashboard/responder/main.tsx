/** The responder's face. An alert is loaded first; pairing, settings and the rota when somebody goes there. */
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Later } from '../parts/later.tsx'
import { Screen, Title } from '../parts/screen.tsx'
import { Words } from '../parts/words.tsx'
import { say } from '../say/say.ts'
import { begin, learn } from '../shell/begin.tsx'
import { go, route } from '../shell/route.ts'
import { RESPONDER, resync } from '../wake/subscription.ts'
import { AlertScreen, Rings } from './alert.tsx'
import { takeCode } from './brought.ts'
import { Ended } from './ended.tsx'
import { Home } from './home.tsx'
import { watchHush } from './hush.ts'
import { begin as beginMine, boot, live, readAlerts } from './mine.ts'
import { watchReceipts } from './receipts.ts'
import { rouse } from './rouse.ts'
import { wake } from './sound.ts'
import { onScreen } from './which.ts'

const pair = async (): Promise<ComponentType> => (await import('./pair.tsx')).Pair
const steps = async (): Promise<ComponentType> => (await import('./steps.tsx')).Steps
const icon = async (): Promise<ComponentType> => {
  await learn(['door'])
  return (await import('./icon.tsx')).IconChoice
}
const own = async (): Promise<ComponentType> => (await import('./own.tsx')).Own

takeCode()
// A link that is opened in a page which is open already loads nothing anew.
addEventListener('hashchange', takeCode)

function Responder () {
  useEffect(() => {
    void beginMine()
    watchReceipts()
    rouse()
    watchHush()
    void wake()
    hearWorker()
  }, [])
  switch (boot.value) {
    case 'asking': return <Waiting words={say('shell.waiting')} />
    case 'unanswered': return <Waiting words={say('shell.link.lost')} />
    case 'stranger': return <Words of="responder"><Later load={pair} /></Words>
    case 'known': return live.link.value === 'ended' ? <Waiting words={say('shell.link.ended')} /> : <Known />
    default: return boot.value satisfies never
  }
}

function Known () {
  useEffect(() => { void resync(RESPONDER) }, [])
  const on = onScreen.value
  if (on !== null) {
    switch (on.is) {
      case 'alert': return <AlertScreen key={on.alert.alarm} alert={on.alert} />
      case 'called': return <Screen mood="alert" bar={<Rings />}><Title>{say('safety.alert.called')}</Title></Screen>
      case 'over':
      case 'gone': return <Ended key={on.alarm} alarm={on.alarm} how={on.is} />
      default: return on satisfies never
    }
  }
  return <Words of="responder"><Calm /></Words>
}

/** Nobody calls. */
function Calm () {
  const [screen = ''] = route.value
  switch (screen) {
    case 'pair':
    case 'digits': return <Later load={pair} />
    case 'sound':
    case 'closed':
    case 'try': return <Later load={steps} />
    case 'icon': return <Later load={icon} />
    case 'people':
    case 'available':
    case 'phone':
    case 'offers':
    case 'rota': return <Later load={own} />
    default: return <Home />
  }
}

/** A push came, or somebody tapped what it showed: the socket may be dead and look open. */
function hearWorker (): void {
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<{ readonly type: string, readonly path?: string }>) => {
    if (data.type === 'open' && data.path !== undefined) go(data.path)
    live.look()
    if (boot.value === 'known') void readAlerts()
  })
}

function Waiting ({ words }: { readonly words: string }) {
  return <Screen><p class="lead-words" role="status">{words}</p></Screen>
}

void begin('r', ['safety', 'push', 'responder'], Responder)
