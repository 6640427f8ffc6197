/** What a turn of the core says about an episode. Only notes and effects are read; nothing is concluded again. */
import type { Note } from '../../../server/alarm/alarm.ts'
import type { Turn } from '../../../server/alarm/transition.ts'
import type { Episode } from './episode.ts'
import type { Run, Running } from './run.ts'

export function recordTurn (run: Run, running: Running, { notes }: Turn): void {
  for (const note of notes) {
    for (const episode of running.episodes) record(running, episode, note)
    if (run.story !== null) tell(run, running, note)
  }
}

function record ({ alarm }: Running, episode: Episode, note: Note): void {
  const { reason, at } = note
  const isHouse = alarm.lane.is === 'house'
  if (reason === 'STEP_TOLD' && !isHouse) episode.steps = Math.max(episode.steps, (note.step ?? 0) + 1)
  else if (reason === 'SHOWN') episode.firstShownAt ??= at
  else if (reason === 'COMING' || reason === 'ARRIVED') episode.acceptedAt ??= at
  else if (reason === 'CLOSED' && !isHouse && episode.closedAt === null) {
    episode.closedAt = at
    episode.closing = note.why ?? null
  }
}

function tell (run: Run, running: Running, note: Note): void {
  const { at, reason, who, ...more } = note
  if (!run.tells(running.episodes)) return
  const responder = who === undefined ? undefined : run.world.responders[Number(who)]
  run.moment(running.episodes, reason, responder, { lane: running.alarm.lane.is, ...more, ...(at === run.now ? {} : { since: at / 1_000 }) })
}
