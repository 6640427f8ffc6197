/** The worker's face. What a frightened person needs is loaded first; the rest when she goes there. */
import { computed, effect, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import { Later } from '../parts/later.tsx'
import { Words } from '../parts/words.tsx'
import { begin, learn } from '../shell/begin.tsx'
import { armQuickExit } from '../shell/quick-exit.ts'
import { go, route } from '../shell/route.ts'
import { resync } from '../wake/subscription.ts'
import { keepAwake } from './alarm/awake.ts'
import { Over } from './alarm/over.tsx'
import { Safe } from './alarm/safe.tsx'
import { AlarmScreen } from './alarm/screen.tsx'
import { alarms, aliases, endsAt, her, leaveFor, live, names, readHer } from './hers.ts'
import { Home } from './home.tsx'
import { raiseAgain, raising, running } from './raise.ts'

const list = async () => {
  const { Screens } = await import('../list/screens.tsx')
  await learn(['list', 'help'])
  return Screens
}
const work = async () => (await import('./shift/screens.tsx')).Screens

/** Seen running on this page, and not yet read to its end. */
const watched = signal<ReadonlySet<string>>(new Set())

/** Whatever she looks at when an alarm begins, it comes to the front once. */
effect(() => {
  const fresh = running().map(({ alarm }) => alarm).filter((alarm) => !watched.peek().has(alarm))
  if (fresh.length === 0) return
  watched.value = new Set([...watched.peek(), ...fresh])
  if (route.peek().length > 0) go('/')
})

/** Signed out elsewhere, or under her own hand: whoever comes next sees the door. Not before she has read that her press reached nobody. */
effect(() => { if (live.link.value === 'ended' && raising.value === null) leaveFor(endsAt.peek()) })

/** Everybody on this phone is behind her PIN (R24): whoever holds it sees no lamp and no name before one was typed. */
const isShut = computed(() => her.value === null && aliases.value.length > 0)
effect(() => { if (isShut.value && route.value[0] !== 'aliases') go('/aliases', 'replace') })

/** The app opens without a net from now on, and whoever asked to be reminded here still is. */
const session = computed(() => her.value?.session ?? null)
effect(() => { if (session.value !== null) void resync({ is: 'worker', session: session.value }) })

function Front () {
  if (running().length > 0 || raising.value !== null) return <AlarmScreen />
  const over = alarms.value?.find(({ alarm, ended }) => ended !== null && watched.value.has(alarm))
  if (over === undefined) return <Home />
  return <Over alarm={over} onRead={() => { watched.value = new Set([...watched.value].filter((alarm) => alarm !== over.alarm)) }} />
}

function Worker () {
  const [screen = '', what = ''] = route.value
  useEffect(() => {
    raiseAgain()
    // Without an answer nobody knows who she is: the lamp says so, and a hold still tries.
    void readHer().then((isHers) => { if (isHers !== false) live.open(); else if (!isShut.value) leaveFor('/') })
  }, [])
  switch (isShut.value ? 'aliases' : screen) {
    case 'safe': return <Safe alarm={what} />
    case 'shift':
    case 'drill':
    case 'deaf': return <Words key="work" of="worker"><Later load={work} /></Words>
    case 'circle':
    case 'more':
    case 'aliases':
    case 'help': return <Words key="list" of="list"><Later load={list} /></Words>
    default: return <Front key="front" />
  }
}

keepAwake()
// Locking needs no answer: the page is gone before one could come. What was readable here is forgotten at once.
armQuickExit(() => {
  names.value = new Map()
  void ask('POST', '/lock', undefined, { survives: true })
})
// Kept alive by the browser for "back": what stood here is not shown again.
addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
void begin('w', ['safety', 'worker'], Worker)
