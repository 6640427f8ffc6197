/** Joining without an invite, where the operator allows it; and what everybody who joins must read first. */
import { JoinAlone, JoinShown, Recover } from '../contract/privacy.ts'
import { Joined } from '../contract/joining.ts'
import { allow } from './access.ts'
import { addressOf } from './address.ts'
import type { App } from './app.ts'
import type { RouteParts } from './parts.ts'
import { addSession, checkRoom } from './phone.ts'
import { done, refusal } from './refuse.ts'

/** In plain words, and in none that says what this is for. */
const NOTICE = {
  code: 'MACHINE_HOLDER_READS',
  text: {
    fr: 'Ce que vous écrivez ici est gardé sous clé sur une machine. La personne qui tient cette machine et sa clé peut tout lire. Ne vous inscrivez que si vous lui faites confiance.',
    nl: 'Wat u hier schrijft, wordt versleuteld bewaard op een machine. Wie die machine en haar sleutel heeft, kan alles lezen. Doe alleen mee als u die persoon vertrouwt.',
    en: 'What you write here is kept locked on a machine. Whoever holds that machine and its key can read all of it. Join only if you trust them.',
    ro: 'Ce scrii aici este păstrat sub cheie pe un calculator. Cine are calculatorul și cheia lui poate citi totul. Înscrie-te doar dacă ai încredere în această persoană.',
    bg: 'Това, което пишеш тук, се пази под ключ на една машина. Който държи машината и ключа ѝ, може да прочете всичко. Влез само ако имаш доверие на този човек.',
    es: 'Lo que escribes aquí se guarda bajo llave en una máquina. Quien tiene esa máquina y su llave puede leerlo todo. Entra solo si confías en esa persona.',
    pt: 'O que escreves aqui fica guardado à chave numa máquina. Quem tem essa máquina e a sua chave pode ler tudo. Entra só se confias nessa pessoa.',
    sq: 'Ajo që shkruan këtu ruhet e kyçur në një makinë. Kush e mban atë makinë dhe çelësin e saj mund të lexojë gjithçka. Hyr vetëm nëse i beson atij personi.'
  }
} as const

export function joinRoutes (app: App, parts: RouteParts): void {
  const { people, limiter, config: { join } } = parts

  app.get('/api/v1/join', {
    config: allow('public'),
    schema: { summary: 'Who keeps this machine, who can read it, and whether one may join without an invite.', tags: ['invites'], response: { 200: JoinShown } }
  }, async () => ({ open: join.open, operator: join.operator, notice: NOTICE }))

  app.post('/api/v1/workers', {
    config: allow('public'),
    schema: { summary: 'Joins without an invite, where that is allowed, and opens a session on this phone.', tags: ['invites'], body: JoinAlone, response: { 201: Joined } }
  }, async (request, reply) => {
    if (!join.open) throw refusal('JOIN_CLOSED')
    limiter.take('join', addressOf(request))
    limiter.take('joinAll', 'all')
    checkRoom(request, parts)
    const { notice: _, ...joining } = request.body
    const { session } = done(await people.joinings.alone(joining))
    addSession(request, reply, parts, session)
    return reply.code(201).send({ session: session.id, role: session.who.is })
  })
}

export function recoverRoutes (app: App, parts: RouteParts): void {
  const { people, limiter } = parts

  app.post('/api/v1/recover', {
    config: allow('public'),
    schema: { summary: 'Her recovery words open her alias here and end all her earlier sessions and shortcuts.', tags: ['sessions'], body: Recover, response: { 201: Joined } }
  }, async (request, reply) => {
    // The total is for those who try and try: with it a stranger could keep her out, were it for everybody.
    const address = addressOf(request)
    const isNew = limiter.isNew('recover', address)
    limiter.take('recover', address)
    if (!isNew) limiter.take('recoverAll', 'all')
    checkRoom(request, parts)
    const { session } = done(await people.recovery.use(request.body.words, request.body.device))
    addSession(request, reply, parts, session)
    return reply.code(201).send({ session: session.id, role: session.who.is })
  })
}
