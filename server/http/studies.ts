/** Reports of simulated studies: for researchers alone, and without any power over the page that they are opened from. */
import { Type } from 'typebox'
import { StudiesShown, StudyParams } from '../contract/study.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { researcherOf } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { Problem } from './problem.ts'

/**
 * A report is a document from elsewhere: it may bring its own styles and pictures, and nothing more. In a sandbox it runs no
 * script, sends no form, and is of no origin: neither the cookie nor the page beside it is its own.
 */
const REPORT_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function studyRoutes (app: App, { studies, limiter }: RouteParts): void {
  app.get('/api/v1/studies', {
    config: allow('researcher'),
    schema: { summary: 'Simulated studies whose reports lie here.', tags: ['statistics'], response: { 200: StudiesShown } }
  }, async (request) => {
    limiter.take('study', researcherOf(request))
    return { studies: (await studies.list()).map(({ study, title, madeAt }) => ({ study, title, madeAt })) }
  })

  app.get('/api/v1/studies/:study/report', {
    config: allow('researcher'),
    schema: { summary: 'The report of one study: a page of its own, sandboxed.', tags: ['statistics'], params: StudyParams, response: { 200: Type.String() } }
  }, async (request, reply) => {
    limiter.take('study', researcherOf(request))
    const report = await studies.report(request.params.study)
    if (report === null) throw new Problem('NOT_FOUND')
    return reply.header('content-security-policy', REPORT_CSP).type('text/html; charset=utf-8').serializer((bytes: Buffer) => bytes as unknown as string).send(report as unknown as string)
  })
}
