/** Reports of simulated studies that the operator laid here. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { StudiesShown } from '../../server/contract/study.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Panel } from '../desk/desk.tsx'
import { day, iso } from '../desk/when.ts'
import { Icon } from '../parts/icon.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'

type Shown = Static<typeof StudiesShown>

export function Studies () {
  const [studies, setStudies] = useState<Shown['studies'] | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => {
    void ask<Shown>('GET', '/studies').then((answer) => { if (answer.ok) setStudies(answer.data.studies); else setTrouble(answer) })
  }, [])
  return (
    <Panel title={say('researcher.studies.title')}>
      {studies === null ? null : <p class="panel-words">{say(studies.length === 0 ? 'researcher.studies.none' : 'researcher.studies.means')}</p>}
      {studies === null || studies.length === 0 ? null : <ul class="rows">{studies.map((study) => <li key={study.study}><Study of={study} /></li>)}</ul>}
      <Trouble of={trouble} />
    </Panel>
  )
}

/** In a tab of its own: the report has no power, not even to say where one came from. */
function Study ({ of: { study, title, madeAt } }: { readonly of: Shown['studies'][number] }) {
  return (
    <a class="row" href={`/api/v1/studies/${encodeURIComponent(study)}/report`} target="_blank" rel="noopener noreferrer">
      <span class="row-words"><span class="row-name">{title}</span><span class="row-more">{madeAt === null ? say('researcher.studies.undated') : <time dateTime={iso(madeAt)}>{day(madeAt)}</time>}</span></span>
      <Icon name="onward" />
    </a>
  )
}
