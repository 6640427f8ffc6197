import { sealText } from '../store/seal.ts'
import { readText } from './base.ts'
import type { Base } from './base.ts'
import { makeId } from './ids.ts'
import { ALIAS_CHARS_MAX, WORKERS_MAX } from './limits.ts'
import type { JoiningService } from './privacy-services.ts'
import { newSession } from './session.ts'
import type { Language, WorkerId } from './words.ts'

export class Joinings implements JoiningService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async alone ({ alias, language, device }: { readonly alias: string, readonly language: Language, readonly device: string }) {
    const text = readText(alias, ALIAS_CHARS_MAX)
    if (!text.ok) return text
    const id = makeId<WorkerId>()
    const { key, wrapped } = this.#base.keyring.makeKey(id)
    const session = newSession({ is: 'worker', id }, key, device, this.#base.clock.now())
    const written = await this.#base.write('joinAlone', {
      newcomer: { role: 'worker', id, alias: sealText(key, text.text, 'alias'), language }, key: { holder: id, wrapped }, session: session.row, most: WORKERS_MAX
    })
    return written.ok ? { ok: true as const, session: session.opened } : written
  }
}
