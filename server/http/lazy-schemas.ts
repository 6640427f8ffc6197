/**
 * What checks a request, or writes an answer, is compiled when the first one comes: a hundred routes compiled at every start
 * held up the doors by half a second, and a service that is back sooner hears sooner.
 */
import { AjvCompiler } from '@fastify/ajv-compiler'
import type { ValidatorFactory } from '@fastify/ajv-compiler'
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { SerializerFactory } from '@fastify/fast-json-stringify-compiler'
import type { FastifySchemaCompiler, FastifySchemaValidationError, FastifySerializerCompiler } from 'fastify'

type Route = Parameters<FastifySchemaCompiler<unknown>>[0]
type Answer = Parameters<FastifySerializerCompiler<unknown>>[0]
type Check = ReturnType<FastifySchemaCompiler<unknown>>
type Write = ReturnType<FastifySerializerCompiler<unknown>>
/** Ajv leaves its findings on the function, and Fastify reads them there. */
type Finding = { errors?: FastifySchemaValidationError[] | null | undefined }

/** Of these nothing waits for a compiler: they raise. */
const RAISES = /\/press\b/

export type LazySchemas = {
  /** For Fastify's `schemaController`. */
  readonly compilersFactory: { readonly buildValidator: ValidatorFactory, readonly buildSerializer: SerializerFactory }
  /** Compiles all that waits. @throws what is wrong with a schema, which would else be found by whoever comes first */
  readonly compileAll: () => number
}

/** Shared by all apps of a process: what one has compiled no other compiles again. */
const validators = AjvCompiler()
const serializers = SerializerSelector()

export function lazySchemas (): LazySchemas {
  const waiting: (() => void)[] = []
  const lazily = <Made>(make: () => Made, url: string | undefined): (() => Made) => {
    let made: Made | null = null
    const get = (): Made => { made ??= make(); return made }
    if (RAISES.test(url ?? '')) get()
    else waiting.push(get)
    return get
  }
  return {
    compilersFactory: {
      buildValidator: ((shared: never, options: never) => {
        const compile = validators(shared, options) as unknown as FastifySchemaCompiler<unknown>
        return (route: Route) => checking(lazily(() => compile(route), route.url))
      }) as unknown as ValidatorFactory,
      buildSerializer: ((shared: never, options: never) => {
        const compile = serializers(shared, options) as unknown as FastifySerializerCompiler<unknown>
        return (route: Answer) => {
          const write = lazily<Write>(() => compile(route), route.url)
          return (answer: unknown) => write()(answer)
        }
      }) as unknown as SerializerFactory
    },
    compileAll: () => {
      for (const compile of waiting) compile()
      return waiting.length
    }
  }
}

function checking (compiled: () => Check): Check {
  const check: Check & Finding = (data) => {
    const real = compiled() as Check & Finding
    const verdict = real(data)
    check.errors = real.errors ?? null
    return verdict
  }
  return check
}
