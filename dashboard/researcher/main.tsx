/** The researcher's face: published aggregates (R21). */
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Settings } from '../desk/settings.tsx'
import { begin } from '../shell/begin.tsx'
import { route } from '../shell/route.ts'
import type { Statistics } from './figures.ts'
import { Figures } from './page.tsx'

function Researcher () {
  const [statistics, setStatistics] = useState<Statistics | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const [screen = ''] = route.value
  useEffect(() => {
    void ask<Statistics>('GET', '/statistics').then((answer) => {
      if (answer.ok) setStatistics(answer.data)
      else if (answer.code === 'SIGNED_OUT' || answer.code === 'FORBIDDEN') location.replace('/')
      else setTrouble(answer)
    })
  }, [])
  return screen === 'settings' ? <Settings role="researcher" /> : <Figures statistics={statistics} trouble={trouble} />
}

void begin('s', ['researcher'], Researcher)
