/** What a simulated button stands on: a clock, a flash memory and one link at a time. */

export interface SimClock {
  /** Wall-clock ms since 1970. */
  now (): number
  /** Monotonic ms. */
  mono (): number
  after (delayMs: number, wake: () => void): () => void
}

export type LinkOptions = {
  readonly username: string
  readonly password: string
  readonly will: { readonly topic: string, readonly payload: Uint8Array }
  readonly keepAliveS: number
}

export type LinkEvents = {
  readonly connected: () => void
  readonly message: (payload: Uint8Array) => void
  /** The connection is gone, for whatever reason; said once. */
  readonly lost: () => void
}

/** One MQTT connection, from CONNECT to its end. */
export interface Link {
  subscribe (topic: string): void
  /** Resolves at PUBACK; never settles when the connection dies first (`lost` says so). */
  publish (topic: string, payload: Uint8Array): Promise<void>
  /** DISCONNECT, so that the will is not sent. */
  end (): void
  /** As if the cable were pulled: the broker sends the will. */
  cut (): void
}

export type Connect = (options: LinkOptions, events: LinkEvents) => Link
