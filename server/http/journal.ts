/** Her own record of who changed or saw what concerned her (guarded by her PIN like everything that tells of her list). */
import { JournalShown } from '../contract/journal.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import type { JournalLine, People } from '../people/services.ts'
import type { Opened } from './guard.ts'
import type { RouteParts } from './parts.ts'
import { lieOf } from './shown-list.ts'

export function journalRoutes (app: App, { people, guard }: RouteParts): void {
  app.get('/api/v1/journal', {
    config: allow('worker'),
    schema: { summary: 'What concerned her, and who did it; the newest first.', tags: ['me'], response: { 200: JournalShown } }
  }, async (request) => {
    return { lines: [...await shownJournal(people, guard.opened(request))] }
  })
}

/** Under the veil: what it claims, and never more. */
export async function shownJournal (people: People, { worker, veil }: Opened): Promise<readonly JournalLine[]> {
  const lines = await people.journals.list(worker)
  if (veil === null) return lines
  // Whoever was off her list already left no trace.
  const { isRemoved, circleAt } = lieOf(people, worker, veil)
  const seen = lines.filter(({ what, responder, at }) => !(what === 'contact-left' && responder !== undefined && isRemoved(responder)) &&
    // Of a list that is not the one she was shown.
    !(what === 'nobody-may-know' && circleAt(at) !== null))
  return [...veil.lines, ...seen].sort((a, b) => b.at - a.at)
}
