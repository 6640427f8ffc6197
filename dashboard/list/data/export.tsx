/** Everything that is kept of her, as a file: made in this page, never asked of anybody else. */
import { useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'

/** It lies among her downloads. */
const NAME = 'data.json'

export function Export () {
  const [done, setDone] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const download = async (): Promise<void> => {
    const answer = await guarded<object>('GET', '/me/export')
    setTrouble(answer.ok ? null : answer)
    setDone(answer.ok)
    if (answer.ok) hand(new Blob([JSON.stringify(answer.data, null, 2)], { type: 'application/json' }))
  }
  return (
    <Screen back="/more/data" closes foot={<LightButton icon="download" onClick={() => { void download() }}>{say('list.export.does')}</LightButton>}>
      <div class="stack">
        <Title lead={say('list.export.lead')}>{say('list.data.export')}</Title>
        <p class="word">{say('list.export.warn', { name: NAME })}</p>
        <Refusal of={trouble} />
        <p class="done" role="status">{done ? say('list.export.done', { name: NAME }) : ''}</p>
      </div>
    </Screen>
  )
}

function hand (file: Blob): void {
  const href = URL.createObjectURL(file)
  const link = Object.assign(document.createElement('a'), { href, download: NAME })
  document.body.append(link)
  link.click()
  link.remove()
  URL.revokeObjectURL(href)
}
