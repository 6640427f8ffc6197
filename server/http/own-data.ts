/** Her data in her own hands: recovery words, export, erasing (R16, R21, R24). All of it behind her PIN. */
import { ErasureAsk, ErasureAsked, Exported, RecoveryMade, RecoveryShown } from '../contract/privacy.ts'
import { Nothing } from '../contract/words.ts'
import { ERASE_AFTER_MS } from '../people/limits.ts'
import { makeRecoveryWords, readRecoveryWords } from '../people/recovery-words.ts'
import type { EpochMs, SessionId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { workerSession } from './caller.ts'
import { exportOf } from './export.ts'
import type { Opened } from './guard.ts'
import type { RouteParts } from './parts.ts'
import { forgetPhone } from './phone.ts'
import { done, refusal } from './refuse.ts'

const WORKER = allow('worker')

export function ownDataRoutes (app: App, parts: RouteParts): void {
  const { people, guard, limiter } = parts

  app.get('/api/v1/me/export', {
    config: WORKER,
    schema: { summary: 'Everything that is kept of her, as JSON.', tags: ['me'], response: { 200: Exported } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    limiter.take('export', workerSession(request).id)
    const exported = await exportOf(parts, request, opened)
    if (opened.veil === null) await people.journals.note(opened.worker, { what: 'exported', by: 'you' })
    else opened.veil.tell({ what: 'exported', by: 'you' })
    // A neutral name: it lies among her downloads.
    return reply.header('content-disposition', 'attachment; filename="data.json"').send(exported)
  })
  recoveryRoutes(app, parts)
  erasureRoutes(app, parts)
}

function recoveryRoutes (app: App, { people, guard, limiter, clock }: RouteParts): void {
  app.get('/api/v1/me/recovery', {
    config: WORKER,
    schema: { summary: 'When she last made recovery words.', tags: ['me'], response: { 200: RecoveryShown } }
  }, async (request) => {
    const { worker, veil } = guard.opened(request)
    const madeAt = await people.recovery.madeAt(worker)
    return { madeAt: veil?.over('words-at', madeAt) ?? madeAt }
  })

  app.post('/api/v1/me/recovery', {
    config: WORKER,
    schema: { summary: 'New recovery words, shown this once; the old ones open nothing any more.', tags: ['me'], response: { 201: RecoveryMade } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    limiter.take('make', workerSession(request).id)
    if (veil === null) {
      const { words, madeAt } = done(await people.recovery.make(worker))
      return reply.code(201).send({ words: [...words], madeAt })
    }
    const [words, madeAt] = [makeRecoveryWords(), clock.now()]
    veil.show('words-at', madeAt).show('words', words.join('')).tell({ what: 'recovery-words-made', by: 'you' })
    return reply.code(201).send({ words: [...words], madeAt })
  })
}

function erasureRoutes (app: App, parts: RouteParts): void {
  const { people, guard, clock } = parts

  app.post('/api/v1/me/erasure', {
    config: WORKER,
    schema: { summary: 'Erases her: with PIN and recovery words as soon as no alarm of hers is open, else in 72 hours.', tags: ['me'], body: ErasureAsk, response: { 202: ErasureAsked } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    const { worker, veil } = opened
    const { words } = request.body
    if (words !== null) await checkWords(parts, opened, words, workerSession(request).id)
    const isProven = words !== null
    const waits = people.erasures.waits(worker)
    let dueAt: EpochMs
    if (veil === null) dueAt = done(await people.erasures.ask(worker, isProven)).dueAt
    else {
      const at = clock.now()
      const wanted = (isProven ? at : at + ERASE_AFTER_MS) as EpochMs
      dueAt = Math.min(wanted, veil.over('erasure', people.erasures.of(worker)) ?? wanted) as EpochMs
      veil.show('erasure', dueAt).tell({ what: 'erasure-asked', by: 'you' })
    }
    if (isProven && !waits) forgetPhone(request, reply, parts, worker)
    return reply.code(202).send({ dueAt, waits })
  })

  app.delete('/api/v1/me/erasure', {
    config: WORKER,
    schema: { summary: 'Calls the erasing off.', tags: ['me'], response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    if (veil === null) done(await people.erasures.cancel(worker))
    else {
      if (veil.over('erasure', people.erasures.of(worker)) === null) throw refusal('NO_ERASURE')
      veil.show('erasure', null).tell({ what: 'erasure-cancelled', by: 'you' })
    }
    return reply.code(204).send(undefined)
  })
}

/** Under duress too: wrong words are wrong, whichever PIN was typed; the ones that were pretended are the right ones. */
async function checkWords ({ people, limiter }: RouteParts, { worker, veil }: Opened, words: string, phone: SessionId): Promise<void> {
  if (people.workers.self(worker)?.hasPin !== true) throw refusal('PIN_UNSET')
  limiter.take('pin', `words:${phone}`)
  const areHers = await people.recovery.areHers(worker, words)
  const pretended = veil?.over<string | null>('words', null) ?? null
  if (!(pretended === null ? areHers : readRecoveryWords(words) === pretended)) throw refusal('WORDS_WRONG')
  limiter.giveBack('pin', `words:${phone}`)
}
