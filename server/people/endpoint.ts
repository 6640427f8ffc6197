import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { makeId } from './ids.ts'
import { ENDPOINTS_MAX } from './limits.ts'
import type { MayKnow } from './may-know.ts'
import type { EndpointListed, EndpointService, Subscription } from './services.ts'
import type { EndpointId, EpochMs, Language, ResponderId } from './words.ts'

export class EndpointBook implements EndpointService {
  readonly #base: Base
  readonly #mayKnow: MayKnow

  constructor (base: Base, mayKnow: MayKnow) {
    this.#base = base
    this.#mayKnow = mayKnow
  }

  async subscribe (responder: ResponderId, { url, p256dh, auth, text, language, provesShown }: Subscription) {
    if (this.#base.keyring.key(responder) === null) return refuse('RESPONDER_NOT_FOUND')
    const id = makeId<EndpointId>()
    const written = await this.#base.write('subscribe', {
      id,
      responder,
      urlHash: this.#base.keyring.hash('endpoint', url),
      sealed: this.#base.keyring.sealText(responder, JSON.stringify({ url, p256dh, auth }), 'endpoint'),
      text,
      language,
      provesShown,
      at: this.#base.clock.now(),
      most: ENDPOINTS_MAX
    })
    return written.ok ? { ok: true as const, id } : written
  }

  async unsubscribe (responder: ResponderId, endpoint: EndpointId) {
    if (!this.list(responder).some((row) => row.id === endpoint)) return refuse('ENDPOINT_NOT_FOUND')
    const written = await this.#base.write('unsubscribe', { id: endpoint })
    this.#mayKnow.deviceGone(responder)
    return written
  }

  async change (responder: ResponderId, endpoint: EndpointId, change: { readonly text?: 'full' | 'discreet', readonly language?: Language }) {
    return await this.#base.write('changeEndpoint', { responder, id: endpoint, text: change.text ?? null, language: change.language ?? null })
  }

  list (responder: ResponderId): readonly EndpointListed[] {
    return (this.#base.picture.endpoints.get(responder) ?? []).map((row) => ({
      id: row.id as EndpointId,
      text: row.text as 'full' | 'discreet',
      language: row.language as Language,
      provesShown: row.provesShown,
      addedAt: row.addedAt as EpochMs
    }))
  }
}
