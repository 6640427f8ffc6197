/** Why the broker ends a connection or turns something down. Counted; the other side learns no more than MQTT can say. */
export type RefusalCode =
  | 'CLIENT_ID_REFUSED' | 'USER_REFUSED' | 'SESSION_REFUSED' | 'PROTOCOL_REFUSED' | 'WILL_REFUSED' | 'BUTTON_UNKNOWN' | 'PASSWORD_WRONG'
  | 'TOPIC_REFUSED' | 'RETAIN_REFUSED' | 'QOS_REFUSED' | 'SUBSCRIPTION_REFUSED' | 'FRAME_REFUSED' | 'HOOK_FAILED'

/** Handed to Aedes, which closes the connection. */
export class Refusal extends Error {
  readonly code: RefusalCode

  constructor (code: RefusalCode) {
    super(code)
    this.name = 'Refusal'
    this.code = code
  }
}
