/** What somebody changes about themselves: name, language, PIN, phone shortcuts. */
import { PinSet, ResponderChange, ShortcutMade, ShortcutsListed, Unlock, WorkerChange } from '../contract/session.ts'
import { Id, Nothing, exact } from '../contract/words.ts'
import type { People } from '../people/services.ts'
import type { ShortcutId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { responderOf, workerOf, workerSession } from './caller.ts'
import type { Opened } from './guard.ts'
import type { RouteParts } from './parts.ts'
import { done } from './refuse.ts'

export function selfRoutes (app: App, parts: RouteParts): void {
  const { people, guard, limiter } = parts

  app.patch('/api/v1/me/worker', {
    config: allow('worker'),
    schema: { summary: 'Her alias and language.', tags: ['me'], body: WorkerChange, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.workers.change(workerOf(request), request.body))
    return reply.code(204).send(undefined)
  })

  app.patch('/api/v1/me/responder', {
    config: allow('responder'),
    schema: { summary: 'A responder\'s name and language.', tags: ['me'], body: ResponderChange, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.responders.change(responderOf(request), request.body))
    return reply.code(204).send(undefined)
  })

  app.put('/api/v1/me/pin', {
    config: allow('worker'),
    schema: { summary: 'Sets her PINs together; `current` is null only while none is set.', tags: ['me'], body: PinSet, response: { 204: Nothing } }
  }, async (request, reply) => {
    const worker = workerOf(request)
    const { id: phone } = workerSession(request)
    limiter.take('pin', phone)
    const { pretended } = done(await people.pins.set(worker, request.body, phone))
    await guard.newPins(request, pretended)
    limiter.giveBack('pin', phone)
    return reply.code(204).send(undefined)
  })

  app.post('/api/v1/unlock', {
    config: allow('worker'),
    schema: { summary: 'Opens what her PIN guards, on this phone, for five minutes.', tags: ['me'], body: Unlock, response: { 204: Nothing } }
  }, async (request, reply) => {
    await guard.unlock(request, request.body.pin)
    return reply.code(204).send(undefined)
  })

  app.post('/api/v1/lock', {
    config: allow('worker'),
    schema: { summary: 'Locks at once (quick exit). Session, shift and alarm live on.', tags: ['me'], response: { 204: Nothing } }
  }, async (request, reply) => {
    guard.lock(workerSession(request).id)
    return reply.code(204).send(undefined)
  })
}

export function shortcutRoutes (app: App, { people, guard, limiter }: RouteParts): void {
  app.get('/api/v1/shortcuts', {
    config: allow('worker'),
    schema: { summary: 'Her phone shortcuts.', tags: ['shortcuts'], response: { 200: ShortcutsListed } }
  }, async (request) => {
    const { worker, veil } = guard.opened(request)
    return { shortcuts: [...shownShortcuts(people, { worker, veil })] }
  })

  app.post('/api/v1/shortcuts', {
    config: allow('worker'),
    schema: { summary: 'A new shortcut; its token can raise and do nothing else, and is shown this once.', tags: ['shortcuts'], response: { 201: ShortcutMade } }
  }, async (request, reply) => {
    limiter.take('make', workerSession(request).id)
    const { id, token } = done(await people.shortcuts.make(workerOf(request)))
    return reply.code(201).send({ shortcut: id, token })
  })

  app.delete('/api/v1/shortcuts/:shortcut', {
    config: allow('worker'),
    schema: { summary: 'Revokes a shortcut.', tags: ['shortcuts'], params: exact({ shortcut: Id }), response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    const { shortcut } = request.params
    if (veil === null) done(await people.shortcuts.revoke(worker, shortcut as ShortcutId))
    else if (shownShortcuts(people, { worker, veil }).some((each) => each.shortcut === shortcut)) veil.show(`shortcut:${shortcut}`, false).tell({ what: 'shortcut-revoked', by: 'you' })
    else done({ ok: false, code: 'SHORTCUT_NOT_FOUND' })
    return reply.code(204).send(undefined)
  })
}

export function shownShortcuts (people: People, { worker, veil }: Opened) {
  return people.shortcuts.list(worker).map(({ id, ...listed }) => ({ shortcut: id, ...listed }))
    .filter(({ shortcut }) => veil?.over(`shortcut:${shortcut}`, true) ?? true)
}
