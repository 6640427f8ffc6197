/** A phone's browser, as far as the service can tell: an origin, a cookie jar, JSON. */

/** The service answered with a problem, or not at all. */
export class AnswerRefused extends Error {
  readonly code: string
  readonly status: number
  constructor (method: string, path: string, status: number, code: string) {
    super(`${method} ${path} was answered with ${status} ${code}`)
    this.name = 'AnswerRefused'
    this.status = status
    this.code = code
  }
}

export class Browser {
  readonly origin: string
  readonly #cookies = new Map<string, string>()
  readonly #address: string | null

  /**
   * `origin`: `http://127.0.0.1:8080`. `session`: of a phone that has joined already. `address`: where it calls from, told as a
   * proxy would; a service believes only its neighbours, so only one on this machine. null: from here, like every other.
   */
  constructor (origin: string, session: string | null = null, address: string | null = null) {
    this.origin = origin
    this.#address = address
    if (session !== null) this.#cookies.set(origin.startsWith('https:') ? '__Host-s' : 's', session)
  }

  get cookie (): string { return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') }

  get<T> (path: string): Promise<T> { return this.#ask('GET', path, undefined, {}) }
  post<T> (path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<T> { return this.#ask('POST', path, body, headers) }
  put<T> (path: string, body: unknown): Promise<T> { return this.#ask('PUT', path, body, {}) }
  delete<T> (path: string): Promise<T> { return this.#ask('DELETE', path, undefined, {}) }

  async #ask<T> (method: string, path: string, body: unknown, more: Readonly<Record<string, string>>): Promise<T> {
    const response = await fetch(this.origin + path, {
      method,
      redirect: 'error',
      headers: {
        origin: this.origin,
        ...(this.#address === null ? {} : { 'x-forwarded-for': this.#address }),
        ...(this.#cookies.size > 0 ? { cookie: this.cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const text = await response.text()
    if (!response.ok) throw new AnswerRefused(method, path, response.status, codeOf(text))
    return (text === '' ? null : JSON.parse(text)) as T
  }

  #keep (line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1)
    if (value === '') this.#cookies.delete(pair.slice(0, at))
    else this.#cookies.set(pair.slice(0, at), value)
  }
}

function codeOf (text: string): string {
  try {
    const problem = JSON.parse(text) as { code?: unknown }
    return typeof problem.code === 'string' ? problem.code : 'NO_CODE'
  } catch {
    return 'NO_JSON'
  }
}
