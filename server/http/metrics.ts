/**
 * Numbers for the operator: aggregates only. A label may name a route, a code or a kind of thing, never a person,
 * room, venue or button (R21).
 */
import { fastify } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { LogController } from './log-controller.ts'

/** The only label names there are. */
export type LabelName = 'method' | 'route' | 'status' | 'code' | 'channel' | 'outcome' | 'part'
const LABELS: ReadonlySet<string> = new Set<LabelName>(['method', 'route', 'status', 'code', 'channel', 'outcome', 'part'])
/** Longest value of a label: long enough for a route pattern. */
const VALUE_MAX_CHARS = 64
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export class Metrics {
  readonly registry = new Registry()
  readonly #requests: Histogram

  /** `process` adds memory, handles and the event loop's lag of this process. */
  constructor (options: { readonly process: boolean } = { process: true }) {
    this.#requests = this.seconds('veilleuse_http_request_seconds', 'Time to answer a request, by route pattern.', ['method', 'route', 'status'])
    if (options.process) collectDefaultMetrics({ register: this.registry })
  }

  counter (name: string, help: string, labelNames: readonly LabelName[] = []): Counter {
    return new Counter({ name, help, labelNames: checked(labelNames), registers: [this.registry] })
  }

  /** Read at each scrape. */
  gauge (name: string, help: string, read: () => number): Gauge {
    return new Gauge({ name, help, registers: [this.registry], collect () { this.set(read()) } })
  }

  /** One value per label value, read at each scrape. */
  labelled (name: string, help: string, label: LabelName, read: () => Readonly<Record<string, number>>): Gauge {
    return new Gauge({
      name,
      help,
      labelNames: checked([label]),
      registers: [this.registry],
      collect () {
        this.reset()
        for (const [value, count] of Object.entries(read())) this.set({ [label]: value.slice(0, VALUE_MAX_CHARS) }, count)
      }
    })
  }

  seconds (name: string, help: string, labelNames: readonly LabelName[] = []): Histogram {
    return new Histogram({ name, help, labelNames: checked(labelNames), buckets: SECONDS, registers: [this.registry] })
  }

  answered (method: string, route: string, status: number, tookMs: number): void {
    this.#requests.observe({ method, route: route.slice(0, VALUE_MAX_CHARS), status: String(status) }, tookMs / 1000)
  }
}

function checked (labelNames: readonly LabelName[]): LabelName[] {
  for (const label of labelNames) if (!LABELS.has(label)) throw new TypeError(`not a label of an aggregate: ${label}`)
  return [...labelNames]
}

/** A tiny app of its own: main.ts binds it to a loopback port. */
export function buildMetricsApp (options: { readonly metrics: Metrics, readonly logger: FastifyBaseLogger }): FastifyInstance {
  const { metrics, logger } = options
  const app = fastify({ loggerInstance: logger, logController: new LogController(), exposeHeadRoutes: false, bodyLimit: 1024, forceCloseConnections: true })
  app.get('/metrics', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send('only /metrics is here\n'))
  return app
}
