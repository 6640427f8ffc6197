/** What `explain` says, in each language a file. */
import type { ButtonType, Evidence, Fault, MeasureName, Network, Power, Push, ResponderType, WorkerType } from '../scenario.ts'

type Chances<T> = { [K in keyof T]: T[K] extends { readonly draw: unknown } | { readonly up: unknown } ? K : never }[keyof T]
/** Every parameter and renewal, by its key. `up` and `down` are said with their owner. */
export type FieldName = Chances<Network> | Chances<Power> | Chances<ButtonType> | Chances<Push> | Chances<ResponderType> | Chances<WorkerType> | 'gateway' | 'service'
export type TimeUnit = 'ms' | 's' | 'min' | 'h' | 'days' | 'years'

export type ScenarioWords = {
  readonly decimal: '.' | ','
  readonly times: Readonly<Record<TimeUnit, string>>
  readonly aYear: string
  readonly allDay: string
  readonly never: string
  readonly between: (low: string, high: string) => string
  readonly aroundMode: (low: string, mode: string, high: string) => string
  readonly onAverage: (mean: string) => string
  readonly halfBelow: (median: string, p90: string) => string
  readonly weibull: (scale: string, shape: string) => string
  readonly sometimes: (share: string, what: string) => string
  readonly measured: (low: string, high: string, points: number) => string
  readonly upFor: string
  readonly downFor: string
  readonly titles: Readonly<Record<'question' | 'run' | 'where' | 'works' | 'told' | 'policies' | 'chain' | 'faults' | 'criteria' | 'factors' | 'grounds', string>>
  readonly run: (horizon: string, least: number, most: number, measure: string, halfWidth: string, lookAhead: number, seed: number) => readonly string[]
  readonly venue: (count: number, rooms: number, floors: number) => string
  readonly inTurn: (workers: number) => string
  readonly built: (button: string, network: string, power: string) => string
  readonly beats: (beat: string, missed: number) => string
  readonly mains: string
  readonly shift: (hours: string) => string
  readonly per: Readonly<Record<ResponderType['per'], string>>
  readonly trusted: string
  readonly authority: string
  readonly onDuty: (hours: string) => string
  readonly sleeps: (hours: string) => string
  readonly mayKnow: string
  readonly baseline: string
  readonly stepFirst: (people: string) => string
  /** `assistWaitS`: of a quiet check, where it is another. */
  readonly stepNext: (n: number, waitS: number, assistWaitS: number | null, people: string) => string
  readonly stepLast: string
  readonly duressKnown: (people: string) => string
  readonly consents: (people: string) => string
  readonly houseLane: (role: string) => string
  readonly missedRaises: Readonly<Record<WorkerType['missedRaises'], string>>
  readonly criterion: (measure: string, policy: string | null, better: 'less' | 'more', green: string, red: string) => string
  readonly factor: (path: string, low: string, high: string, scale: 'linear' | 'log') => string
  readonly fault: (is: Fault['is'], at: string, during: string, venue: string | null, times: number | null) => string
  readonly none: string
  readonly grounds: (all: number, counts: Readonly<Record<Evidence, number>>) => readonly string[]
  readonly evidence: Readonly<Record<Evidence, string>>
  readonly fields: Readonly<Record<FieldName, string>>
  readonly measures: Readonly<Record<MeasureName, string>>
}
