/** A room's QR. Without a worker's session on this phone the page stays as empty as it came (R22). */
import type { Static } from 'typebox'
import type { Me } from '../../server/contract/session.ts'
import { ask } from '../api/ask.ts'

const token = location.pathname.split('/')[2] ?? ''
const me = await ask<Static<typeof Me>>('GET', '/me')
if (me.ok && me.data.sessions.some(({ role }) => role === 'worker')) location.replace(`/w#/shift/code/${encodeURIComponent(token)}`)
