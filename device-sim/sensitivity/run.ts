/** Answers a whole design on any number of threads. What is on disk is the state: it may be interrupted and resumed. */
import { createHash } from 'node:crypto'
import { canonicalJson, scenarioSha256 } from '../scenario/canonical.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { InvalidInput } from '../invalid-input.ts'
import type { Digest } from '../study/compute.ts'
import { refuseForeign } from '../study/folder.ts'
import { found } from '../study/found.ts'
import { partNumbers } from '../study/part-file.ts'
import { programMark } from '../study/provenance.ts'
import { answerOf, startThread } from '../study/thread.ts'
import { designOf } from './design.ts'
import type { Design, DesignWish, Point } from './design.ts'
import { evaluate } from './evaluate.ts'
import type { Answer } from './evaluate.ts'
import { makePointsFolder, readPoints, writePoint } from './point-file.ts'

export type SensitivityOptions = {
  readonly scenario: Scenario
  readonly folder: string
  readonly wish: DesignWish
  readonly replications: number
  readonly workers: number
  readonly resume: boolean
  readonly signal: AbortSignal
  readonly progress: (done: number, of: number, events: number) => void
}
/** `answers` in the order of the design; fewer than its points: interrupted. */
export type SensitivityEnd = { readonly design: Design, readonly answers: readonly Answer[], /** Of the study of the scenario as it is, found before the first point. */ readonly parts: readonly Digest[], readonly isWhole: boolean }
type Ask = (point: Point) => Promise<Answer>

export async function runSensitivity (options: SensitivityOptions): Promise<SensitivityEnd> {
  const { scenario, folder, wish, replications, resume } = options
  const design = designOf(scenario, wish)
  const ofScenario = scenarioSha256(scenario)
  const sha256 = createHash('sha256').update(canonicalJson({ scenario: ofScenario, wish, replications, program: programMark() })).digest('hex')
  refuseForeign(folder, ofScenario)
  // The study of the scenario as it is comes last, after hours perhaps: what it would not go on from is refused now. Its own parts are.
  const known = found({ scenario, folder, resume: resume || partNumbers(folder).length > 0 }, ofScenario)
  await makePointsFolder(folder)
  const answered = new Map((await readPoints(folder, sha256)).map((answer) => [answer.point, answer]))
  if (answered.size > 0 && !resume) throw new InvalidInput('FOLDER_IN_USE', `${folder} has ${answered.size} points of a design: go on with --resume, or give another folder`)
  const left = design.points.filter(({ point }) => !answered.has(point))
  await answerAll(left, options, async (answer) => {
    await writePoint(folder, sha256, answer)
    answered.set(answer.point, answer)
    options.progress(answered.size, design.points.length, answer.events)
  })
  const answers = design.points.flatMap(({ point }) => answered.get(point) ?? [])
  return { design, answers, parts: known, isWhole: answers.length === design.points.length }
}

async function answerAll (left: readonly Point[], { scenario, replications, workers, signal }: SensitivityOptions, keep: (answer: Answer) => Promise<void>): Promise<void> {
  const size = Math.max(1, Math.min(workers, left.length))
  const threads = size === 1 ? [] : Array.from({ length: size }, () => startThread(import.meta.url, 'point-worker', { scenario, replications }))
  const alone: Ask = async (point) => {
    // The loop breathes between two: Ctrl-C is heard.
    await new Promise<void>((resolve) => { setImmediate(resolve) })
    return evaluate(scenario, point, replications)
  }
  const asks: readonly Ask[] = threads.length === 0 ? [alone] : threads.map((thread) => (point) => answerOf<Answer>(thread, point))
  let next = 0
  try {
    await Promise.all(asks.map(async (ask) => {
      for (let point = left[next++]; point !== undefined && !signal.aborted; point = left[next++]) await keep(await ask(point))
    }))
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
}
