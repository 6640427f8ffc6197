/** Screens that are loaded when somebody goes there; the first load stays small. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { say } from '../say/say.ts'
import { Screen, TextButton } from './screen.tsx'
import { Words } from './words.tsx'

export function Later ({ load }: { readonly load: () => Promise<ComponentType> }) {
  const [Loaded, setLoaded] = useState<ComponentType | null>(null)
  const [lost, setLost] = useState(false)
  const fetchIt = (): void => {
    setLost(false)
    load().then((found) => { setLoaded(() => found) }, () => { setLost(true) })
  }
  useEffect(fetchIt, [load])
  if (Loaded !== null) return <Loaded />
  return <Words of="shell"><Screen back="/"><p class="lead-words" role="status">{say(lost ? 'shell.trouble.offline' : 'shell.waiting')}</p>{lost ? <TextButton onClick={fetchIt}>{say('shell.again')}</TextButton> : null}</Screen></Words>
}
