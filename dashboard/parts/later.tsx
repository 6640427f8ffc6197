/** Screens that are loaded when somebody goes there; the first load stays small. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { say } from '../say/say.ts'
import { beginAnew } from '../shell/begin.tsx'
import { Screen, TextButton } from './screen.tsx'
import { Words } from './words.tsx'

/** Something of this page could not be loaded: from then on only a new page is whole. */
let isTorn = false

export function Later ({ load }: { readonly load: () => Promise<ComponentType> }) {
  const [Loaded, setLoaded] = useState<ComponentType | null>(null)
  const [lost, setLost] = useState(false)
  const fetchIt = async (): Promise<void> => {
    setLost(false)
    try {
      const found = await load()
      return setLoaded(() => found)
    } catch {
      if (isTorn) await beginAnew()
      isTorn = true
    }
    setLost(true)
  }
  useEffect(() => { void fetchIt() }, [load])
  if (Loaded !== null) return <Loaded />
  return <Words of="shell"><Screen back="/"><p class="lead-words" role="status">{say(lost ? 'shell.trouble.offline' : 'shell.waiting')}</p>{lost ? <TextButton onClick={() => { void fetchIt() }}>{say('shell.again')}</TextButton> : null}</Screen></Words>
}
