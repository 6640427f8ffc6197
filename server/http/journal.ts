/** Her own record of who changed or saw what concerned her (guarded by her PIN like everything that tells of her list). */
import { JournalShown } from '../contract/journal.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import type { RouteParts } from './parts.ts'

export function journalRoutes (app: App, { people, guard }: RouteParts): void {
  app.get('/api/v1/journal', {
    config: allow('worker'),
    schema: { summary: 'What concerned her, and who did it; the newest first.', tags: ['me'], response: { 200: JournalShown } }
  }, async (request) => {
    const { worker } = guard.opened(request)
    return { lines: [...await people.journals.list(worker)] }
  })
}
