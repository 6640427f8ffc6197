/**
 * Incident: of two thousand presses none had been watched for longer than ten minutes, and the report said that "more than one in ten are not accepted
 * within an hour". Nobody had looked. What is known is: longer than ten minutes.
 */
import t from 'tap'
import { readPackage } from '../../device-sim/data-package/read.ts'
import type { DataPackage } from '../../device-sim/data-package/read.ts'
import { acceptance, criteria, differences, summary } from '../../device-sim/data-package/tables/derived.ts'
import { writePackage } from '../../device-sim/data-package/write.ts'
import { renderReport } from '../../device-sim/report/render.ts'
import type { Part } from '../../device-sim/study/part.ts'
import { plausibleParts, plausibleProvenance, plausibleScenario } from './plausible-study.ts'

const [slow, quick] = plausibleScenario.policies.map(({ name }) => name)
/** Green from 20 min: a p90 that is only known to be beyond 10 min is not below it. */
const scenario = { ...plausibleScenario, criteria: [{ name: 'twenty minutes', policy: null, measure: 'tta_p90' as const, better: 'less' as const, green: 1_200, red: 1_800 }, { name: 'five minutes', policy: null, measure: 'tta_p90' as const, better: 'less' as const, green: 60, red: 300 }, { name: 'hardly anybody', policy: null, measure: 'never_accepted' as const, better: 'less' as const, green: 0.01, red: 0.1 }] }

/** All presses ten minutes before the run ends. Of the slow policy's half are accepted after 30 s, or none; under the others, all. */
function * endsSoon (accepted: 'half' | 'none'): Generator<Part> {
  const pressedAt = plausibleScenario.horizonS - 600
  for (const part of plausibleParts(6)) {
    yield {
      ...part, results: part.results.map((result) => ({
        ...result,
        presses: result.presses.map((press, n) => {
          const isAccepted = result.policy !== slow || (accepted === 'half' && n % 5 > 1)
          return { ...press, cause: 'incident' as const, pressedAt, receivedAt: pressedAt + 1, acceptedAt: isAccepted ? pressedAt + 30 + n % 7 : null, arrivedAt: null, neededUntil: null, cancelledAt: null, closedAt: null }
        })
      }))
    }
  }
}

async function studied (folder: string, accepted: 'half' | 'none'): Promise<DataPackage> {
  await writePackage(folder, scenario, plausibleProvenance, endsSoon(accepted))
  return readPackage(folder)
}

t.test('what was watched for ten minutes is told until ten minutes: in the tables, the criteria and three languages', async (t) => {
  const pack = await studied(t.testdir(), 'half')
  const row = (policy: string | undefined, measure: string) => pack.rows(summary).find((each) => each.policy === policy && each.measure === measure)
  t.match(row(slow, 'tta_p50'), { known_until: 600 })
  t.ok(Number(row(slow, 'tta_p50')?.estimate) < 40)
  t.match(row(slow, 'tta_p90'), { estimate: 600, low: 600, high: 600, known_until: 600 })
  const never = row(slow, 'never_accepted')
  t.match(never, { known_until: 600 }, 'what was left when the last was watched')
  t.ok(Number(never?.estimate) > 0.39 && Number(never?.estimate) < 0.43 && Number(never?.low) < Number(never?.estimate) && Number(never?.high) > Number(never?.estimate))
  t.match(row(quick, 'never_accepted'), { estimate: 0, known_until: 3_600 }, 'all were accepted: nothing more can come')
  t.match(row(quick, 'never_arrived'), { estimate: 1, known_until: 600 })
  t.match(row(quick, 'tto_p50'), { estimate: 600 }, 'nobody arrived: a bound, not an hour')
  for (const { policy, t_s: at, accepted, low, high, at_risk: atRisk } of pack.rows(acceptance)) {
    if (policy === slow) t.strictSame([accepted, low, high].map((cell) => cell === null), Array<boolean>(3).fill(Number(at) > 600), `${String(at)} s, ${String(atRisk)} at risk`)
    if (policy === quick && Number(at) > 600) t.equal(accepted, 1)
  }
  t.match(pack.rows(differences).find((each) => each.policy === quick && each.measure === 'tto_p90'), { estimate: null, low: null, high: null }, 'two bounds have no difference')
  t.match(pack.rows(differences).find((each) => each.policy === quick && each.measure === 'tta_p90'), { low: null, high: null }, 'a bound and a time have no interval')
  t.strictSame(pack.rows(criteria).filter(({ policy }) => policy === slow).map(({ verdict }) => verdict), ['amber', 'red', 'amber'], 'beyond ten minutes: perhaps within twenty, not within five; and by the hour they may all have come')
  const left = pack.rows(differences).find((each) => each.policy === quick && each.measure === 'never_accepted')
  t.ok(Number(left?.estimate) < -0.39 && left?.low === null && left.high === null, 'two curves that end apart are compared at the sooner, without an interval')
  const html = renderReport(pack, 'en')
  t.match(html, /half of the presses are accepted by a human within \d+\u202fs; more than one in ten are not accepted within 10\u202fmin[.]/)
  t.match(html, / of presses are accepted by nobody within 10\u202fmin[.]/)
  t.match(html, /≥\u202f10\u202fmin<.span><br><span class="quiet">not seen to end/)
  t.match(html, /more than one in ten presses are not accepted within 10\u202fmin; under/)
  for (const [language, an] of [['en', /accepted by nobody within 10\u202fmin[.]/], ['fr', /acceptés par personne en 10\u202fmin[.]/], ['nl', /binnen 10\u202fmin door niemand aanvaard[.]/]] as const) {
    const said = renderReport(pack, language)
    t.notMatch(said, /≥\u202f60/, language)
    t.match(said, an, language)
  }
})

t.test('nobody accepted and nobody was watched for long: no curve at 0 % for an hour, and no share of it', async (t) => {
  const pack = await studied(t.testdir(), 'none')
  t.match(pack.rows(summary).find((each) => each.policy === slow && each.measure === 'tta_p50'), { estimate: 600, known_until: 600 })
  t.strictSame([...new Set(pack.rows(acceptance).filter(({ policy, t_s: at }) => policy === slow && Number(at) > 600).map(({ accepted }) => accepted))], [null])
  t.match(renderReport(pack, 'en'), /more than half of the presses are not accepted by anybody within 10\u202fmin[.]/)
})
