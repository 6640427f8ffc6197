/** Said to everybody who joins: whoever holds the machine can read it. */
import { Tick } from '../parts/field.tsx'
import { say } from '../say/say.ts'

export function Machine ({ operator, understood, onUnderstood }: { readonly operator: string | null, readonly understood: boolean, readonly onUnderstood: (on: boolean) => void }) {
  return <><p class="page-lead">{say('door.machine', { operator: operator ?? say('door.someone') })}</p><Tick on={understood} onChange={onUnderstood}>{say('door.understood')}</Tick></>
}
