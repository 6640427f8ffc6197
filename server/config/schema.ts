/**
 * Every setting of the service, its environment variable, its meaning and how it is read. The type of the
 * configuration is derived from this table; nothing else reads the environment.
 */
export type Read<T> = { readonly ok: true, readonly value: T } | { readonly ok: false, readonly expects: string }

type Setting<T> = {
  readonly env: string
  readonly read: (text: string) => Read<T>
  readonly absent: T
  /** Masked when printed; also read from the file named by `<env>_FILE`. */
  readonly secret?: true
}

const setting = <T>(s: Setting<T>): Setting<T> => s

const port = (text: string): Read<number> =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? { ok: true, value: Number(text) } : { ok: false, expects: 'a port, 0 to 65535 (0 picks a free one)' }

const optionalPort = (text: string): Read<number | null> => port(text)

const host = (text: string): Read<string> =>
  /^[A-Za-z0-9.:[\]-]{1,253}$/.test(text) ? { ok: true, value: text } : { ok: false, expects: 'a host name or address' }

const path = (text: string): Read<string> =>
  text.trim() !== '' && !text.includes('\0') ? { ok: true, value: text } : { ok: false, expects: 'a path' }

const optionalPath = (text: string): Read<string | null> => path(text)

const operator = (text: string): Read<string | null> =>
  /^[^\p{Cc}\p{Zl}\p{Zp}]{1,200}$/u.test(text) && text.trim() !== '' ? { ok: true, value: text.trim() } : { ok: false, expects: 'a name and a way to reach it, on one line of at most 200 characters' }

const publicUrl = (text: string): Read<string | null> => {
  const url = URL.canParse(text) ? new URL(text) : null
  const loopback = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const fits = url !== null && url.pathname === '/' && url.search === '' && url.username === '' &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && loopback))
  return fits ? { ok: true, value: url.origin } : { ok: false, expects: 'https://host[:port] (http only for loopback), without a path' }
}

const vapidSubject = (text: string): Read<string | null> => {
  const mail = /^mailto:[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
  const page = URL.canParse(text) && new URL(text).protocol === 'https:'
  return (mail || page) && !/localhost/i.test(text)
    ? { ok: true, value: text }
    : { ok: false, expects: 'a mailto: or https: address that push services can write to (not localhost)' }
}

const secret = (text: string): Read<string | null> =>
  /^[0-9a-f]{64}$/i.test(text) ? { ok: true, value: text.toLowerCase() } : { ok: false, expects: '64 hexadecimal digits (32 random bytes)' }

const origins = (text: string): Read<readonly string[]> => {
  const all = text.split(',').map((o) => o.trim()).filter((o) => o !== '')
  return all.every((o) => URL.canParse(o) && new URL(o).origin === o)
    ? { ok: true, value: all }
    : { ok: false, expects: 'origins such as https://push.example.org, separated by commas' }
}

const oneOf = <const T extends readonly string[]>(words: T) => (text: string): Read<T[number]> =>
  words.includes(text) ? { ok: true, value: text as T[number] } : { ok: false, expects: `one of ${words.join(', ')}` }

const notYet = (): Read<null> => ({ ok: false, expects: 'to be absent: PostgreSQL is not supported yet' })

export const settings = {
  /** Folder of the database. The key that seals personal fields is kept beside it, never in it. */
  data: setting({ env: 'VEILLEUSE_DATA', read: path, absent: './data' }),
  /** The list of what was erased, outside data and backups; absent: beside the data folder. */
  erasedList: setting({ env: 'VEILLEUSE_ERASED_LIST', read: optionalPath, absent: null as string | null }),
  /** The list of what was published, likewise. */
  publishedList: setting({ env: 'VEILLEUSE_PUBLISHED_LIST', read: optionalPath, absent: null as string | null }),
  /** Folder of study reports; absent: `studies` in the data folder. */
  studies: setting({ env: 'VEILLEUSE_STUDIES', read: optionalPath, absent: null as string | null }),
  /** Whether somebody may join without an invite. */
  join: setting({ env: 'VEILLEUSE_JOIN', read: oneOf(['invite', 'open']), absent: 'invite' as 'invite' | 'open' }),
  /** Who keeps this machine, as those who join read it. */
  operator: setting({ env: 'VEILLEUSE_OPERATOR', read: operator, absent: null as string | null }),
  httpHost: setting({ env: 'VEILLEUSE_HTTP_HOST', read: host, absent: '127.0.0.1' }),
  httpPort: setting({ env: 'VEILLEUSE_HTTP_PORT', read: port, absent: 8080 }),
  mqttHost: setting({ env: 'VEILLEUSE_MQTT_HOST', read: host, absent: '127.0.0.1' }),
  mqttPort: setting({ env: 'VEILLEUSE_MQTT_PORT', read: port, absent: 1883 }),
  /** Plain MQTT beyond loopback only when this says `allow`. */
  mqttPlain: setting({ env: 'VEILLEUSE_MQTT_PLAIN', read: oneOf(['loopback', 'allow']), absent: 'loopback' as 'loopback' | 'allow' }),
  /** TLS is what may leave this machine; plain MQTT stays on its own host. */
  mqttsHost: setting({ env: 'VEILLEUSE_MQTTS_HOST', read: host, absent: '127.0.0.1' }),
  mqttsPort: setting({ env: 'VEILLEUSE_MQTTS_PORT', read: optionalPort, absent: null as number | null }),
  mqttsCert: setting({ env: 'VEILLEUSE_MQTTS_CERT', read: optionalPath, absent: null as string | null }),
  mqttsKey: setting({ env: 'VEILLEUSE_MQTTS_KEY', read: optionalPath, absent: null as string | null }),
  /** Where people's browsers reach the service; the only origin that may use it. */
  publicUrl: setting({ env: 'VEILLEUSE_PUBLIC_URL', read: publicUrl, absent: null as string | null }),
  vapidSubject: setting({ env: 'VEILLEUSE_VAPID_SUBJECT', read: vapidSubject, absent: null as string | null }),
  /** Push services allowed beside the known ones (a laboratory's own). */
  pushOrigins: setting({ env: 'VEILLEUSE_PUSH_ORIGINS', read: origins, absent: [] as readonly string[] }),
  secret: setting({ env: 'VEILLEUSE_SECRET', read: secret, absent: null as string | null, secret: true }),
  metricsPort: setting({ env: 'VEILLEUSE_METRICS_PORT', read: port, absent: 9464 }),
  logLevel: setting({ env: 'VEILLEUSE_LOG_LEVEL', read: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), absent: 'info' as 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent' }),
  databaseUrl: setting({ env: 'VEILLEUSE_DATABASE_URL', read: notYet, absent: null, secret: true })
} as const

export type Config = { readonly [K in keyof typeof settings]: (typeof settings)[K] extends Setting<infer T> ? T : never }
