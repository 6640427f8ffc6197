/** What routes are given besides their neighbours' services. */
import type { AppParts } from './app.ts'
import type { Guard } from './guard.ts'
import type { Limiter } from './limiter.ts'

export type RouteParts = AppParts & { readonly limiter: Limiter, readonly guard: Guard }
