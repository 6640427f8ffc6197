/** The first screen: every room and button in one list, the unheard first. */
import { Icon } from '../parts/icon.tsx'
import { Mark } from '../parts/mark.tsx'
import { say } from '../say/say.ts'
import { isFresh, now } from '../shell/service-time.ts'
import { Desk, DeskHead, Panel } from '../desk/desk.tsx'
import { Battery, Signal } from './gauge.tsx'
import { Heard, nameOf } from './heard.tsx'
import { isHeard, isUnheard, rowsOf, sureOf } from './health.ts'
import type { Row } from './health.ts'
import { Gaps, Offers } from './house.tsx'
import { LinkNote } from './link-note.tsx'
import { OpeningPanel } from './opening-panel.tsx'
import { live, venue } from './venue.ts'
import type { Venue } from './venue.ts'

export function Rooms () {
  const here = venue.value
  if (here === null) return <Desk note={<LinkNote />}><p class="lead-words" role="status">{say(live.link.value === 'lost' ? 'shell.trouble.offline' : 'shell.waiting')}</p></Desk>
  const rows = rowsOf(here, now.value)
  const unarmed = here.rooms.filter(({ armed }) => !armed)
  return (
    <Desk note={<LinkNote />}>
      <DeskHead title={here.venue.name} tally={<Tally rows={rows} unarmed={unarmed.length} />}>
        <a class="light-button" href="#/add"><Icon name="plus" /><span>{say('technician.addRoom')}</span></a>
      </DeskHead>
      <div class="split">
        {rows.length === 0
          ? <p class="page-lead">{say('technician.noRooms')}</p>
          : <ul class="rooms" aria-label={say('technician.listed')}>{rows.map((row) => <li key={`${row.room.room} ${row.button?.did ?? ''}`}><RoomRow row={row} all={here} /></li>)}</ul>}
        <div class="stack">
          {unarmed.length === 0 ? null : <Panel title={say('technician.unarmed.title', { count: unarmed.length })}><p class="panel-words">{say('technician.unarmed.means')}</p><p class="panel-words"><strong>{unarmed.map(({ label }) => label).join(', ')}</strong></p></Panel>}
          <Gaps />
          {here.venue.regime === 'employed' ? <OpeningPanel /> : null}
          <Offers />
        </div>
      </div>
    </Desk>
  )
}

function Tally ({ rows, unarmed }: { readonly rows: readonly Row[], readonly unarmed: number }) {
  const unheard = rows.filter(({ is }) => isUnheard(is)).length
  const none = rows.filter(({ is }) => is === 'none').length
  const low = rows.filter(({ is, button }) => isHeard(is) && button?.batteryPct != null && button.batteryPct <= 20).length
  const parts = [
    say('technician.tally.heard', { count: rows.filter(({ is }) => isHeard(is)).length }),
    ...(low > 0 ? [say('technician.tally.low', { count: low })] : []),
    ...(none > 0 ? [say('technician.tally.none', { count: none })] : []),
    ...(unarmed > 0 ? [say('technician.tally.unarmed', { count: unarmed })] : [])
  ]
  return <>{unheard === 0 ? null : <><strong>{say('technician.tally.unheard', { count: unheard })}</strong>, </>}{parts.join(', ')}</>
}

function RoomRow ({ row: { room, button, is }, all }: { readonly row: Row, readonly all: Venue }) {
  const fresh = isFresh.value
  const missing = is === 'none' || isUnheard(is)
  return (
    <a class="room" href={`#/room/${encodeURIComponent(room.room)}`} {...(missing ? { 'data-missing': '' } : {})}>
      <Mark sure={sureOf(is, fresh)} />
      <span class="room-name">{nameOf(room, button, all)}</span>
      <span class="room-more">
        <Battery pct={button?.batteryPct ?? null} />
        <Signal dbm={button?.rssiDbm ?? null} />
        {is === 'trouble' ? <span data-low>{say('technician.trouble.look')}</span> : null}
        {room.armed ? null : <span data-low>{say('technician.unarmed.row')}</span>}
      </span>
      <span class="room-heard"><Heard is={is} button={button} /></span>
    </a>
  )
}
