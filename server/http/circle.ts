/** Her circle: who is told, in which order, what each may see. Nobody but she reads or changes it (R5). */
import { CirclePut, CircleShown } from '../contract/circle.ts'
import type { Circle, CircleEdit } from '../people/circle-services.ts'
import type { ResponderId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'
import { copied, listShown, noteList, shownCircle } from './shown-list.ts'

export function circleRoutes (app: App, { people, guard, clock }: RouteParts): void {
  app.get('/api/v1/circle', {
    config: allow('worker'),
    schema: { summary: 'Her circle; version 0 is empty.', tags: ['circle'], response: { 200: CircleShown } }
  }, async (request) => {
    const circle = shownCircle(people, guard.opened(request))
    if (circle === null) throw refusal('WORKER_NOT_FOUND')
    return { ...circle, mayKnowReach: people.circles.reachOf(circle.mayKnow) }
  })

  app.put('/api/v1/circle', {
    config: allow('worker'),
    schema: { summary: 'Replaces her circle. Who is no longer in it is dropped from running alarms at once.', tags: ['circle'], body: CirclePut, response: { 200: CircleShown } }
  }, async (request) => {
    const opened = guard.opened(request)
    const { worker, veil } = opened
    const { version, ...body } = request.body
    const edit: CircleEdit = {
      ...body,
      steps: body.steps.map((step) => ({ ...step, people: step.people as ResponderId[] })),
      mayKnow: body.mayKnow as ResponderId[]
    }
    const shown = (circle: Circle) => ({ ...copied(circle), mayKnowReach: people.circles.reachOf(circle.mayKnow) })
    if (veil === null) return shown(done(await people.circles.put(worker, edit, version)).circle)
    const { circle } = done(people.circles.would(edit, version, listShown(people, opened)))
    veil.show('circle', circle).tell({ what: 'circle-changed', by: 'you' })
    noteList(people, { worker, veil }, clock.now())
    return shown(circle)
  })
}
