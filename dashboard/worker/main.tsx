/** The worker's face. What a frightened person needs is loaded first; the rest when she goes there. */
import { useEffect } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import { Later } from '../parts/later.tsx'
import { Screen } from '../parts/screen.tsx'
import { Words } from '../parts/words.tsx'
import { begin, learn } from '../shell/begin.tsx'
import { armQuickExit } from '../shell/quick-exit.ts'
import { route } from '../shell/route.ts'
import { live, readHer } from './hers.ts'

const list = async () => {
  const { Screens } = await import('../list/screens.tsx')
  await learn(['list', 'help'])
  return Screens
}

function Worker () {
  const [screen = ''] = route.value
  useEffect(() => {
    void readHer().then((isHers) => { if (isHers) live.open(); else location.replace('/') })
  }, [])
  switch (screen) {
    case 'circle':
    case 'more':
    case 'aliases': return <Words of="list"><Later load={list} /></Words>
    default: return <Screen closes><p /></Screen>
  }
}

// Locking needs no answer: the page is gone before one could come.
armQuickExit(() => { void ask('POST', '/lock') })
void begin('w', ['safety', 'worker'], Worker)
