/** What is left after a quick exit: a real night light. Nothing of the app is kept behind it, and it asks the service nothing. */
import { render } from 'preact'
import { useState } from 'preact/hooks'
import '../look/look.css'
import { Icon } from '../parts/icon.tsx'
import { localesOf } from '../say/language.ts'
import { preferred, second } from '../say/preferred.ts'
import { langOf, say, speak, spoken } from '../say/say.ts'
import { now } from '../shell/service-time.ts'
import { wearKept } from '../shell/theme.ts'

/** The service may be gone, with nothing kept on this phone: a light needs no words. */
const hasWords = await speak(preferred(), second(), ['door']).then(() => true, () => false)
const words: typeof say = (key, values) => hasWords ? say(key, values) : ''

const MINUTE_MS = 60_000
const LASTS_MINUTES: readonly (number | null)[] = [30, 15, 60, null]

function Night () {
  const [bright, setBright] = useState(38)
  const [lasts, setLasts] = useState(0)
  const [begun, setBegun] = useState(now.value)
  const minutes = LASTS_MINUTES[lasts] ?? null
  const left = minutes === null ? null : Math.max(0, minutes - Math.floor((now.value - begun) / MINUTE_MS))
  const next = (): void => {
    setLasts((lasts + 1) % LASTS_MINUTES.length)
    setBegun(now.value)
  }
  return (
    <main class="night">
      <div class="night-sky" style={{ opacity: left === 0 ? 0 : 0.25 + bright / 100 * 0.75 }}>
        <time class="night-clock">{new Intl.DateTimeFormat(localesOf(spoken.value), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now.value)}</time>
        <h1 class="night-word">{words('door.night.word')}</h1>
      </div>
      <div class="night-controls">
        <label class="slider"><span class="unseen">{words('door.night.bright')}</span><Icon name="moon" /><input type="range" min="0" max="100" value={bright} onInput={(event) => { setBright(Number(event.currentTarget.value)) }} /><Icon name="sun" /></label>
        <button class="quiet-button" type="button" onClick={next}><Icon name="timer" /> {left === null ? words('door.night.stays') : words('door.night.off', { count: left })}</button>
      </div>
    </main>
  )
}

wearKept()
document.documentElement.lang = langOf('door')
document.title = words('door.night.word')
render(<Night />, document.body)
