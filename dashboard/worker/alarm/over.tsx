/** It has ended while she looked: calmly, once. Help afterwards is a quiet link and comes by itself never (R25). */
import type { LiveWorkerAlarm } from '../../../server/contract/live.ts'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { clock } from '../../say/when.ts'

export function Over ({ alarm, onRead }: { readonly alarm: LiveWorkerAlarm, readonly onRead: () => void }) {
  return (
    <Screen mood="after" closes foot={<><LightButton onClick={onRead}>{say('safety.over.back')}</LightButton><a class="text-button" href="#/help" onClick={onRead}>{say('safety.over.help')}</a></>}>
      <Title lead={<>{say('safety.over.at', { time: clock(alarm.ended?.at ?? alarm.openedAt, true) })}. {say('safety.over.told')}{alarm.saved ? null : <> {say('safety.call.notSaved')}</>}</>}>{say('safety.over.title')}</Title>
    </Screen>
  )
}
