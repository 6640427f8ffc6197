/** The tables of what it comes to, each with its interval. Everything that the report draws stands in one of them. */
import { measureNames } from '../../scenario/scenario.ts'
import type { Column, Table } from '../table.ts'
import { policyColumn } from './raw.ts'

const measureColumn: Column = { name: 'measure', type: 'string', oneOf: measureNames, description: 'Name of the measure; definition and unit in the codebook.' }
const estimate: Column = { name: 'estimate', type: 'number', unit: 'of the measure', optional: true, description: 'Best estimate, in the unit of the measure; empty: nothing to measure it on.' }
const bounds: readonly Column[] = [
  { name: 'low', type: 'number', unit: 'of the measure', optional: true, description: 'Lower end of the 95 % interval; empty: too little to say.' },
  { name: 'high', type: 'number', unit: 'of the measure', optional: true, description: 'Upper end of the 95 % interval; empty: too little to say.' }
]
const methodColumn: Column = { name: 'method', type: 'string', oneOf: ['t', 'bootstrap', 'wilson', 'kaplan-meier', 'paired-t', 'paired-bootstrap', 'count'], description: 'How the interval was made; see the codebook.' }
const share = (name: string, description: string): Column => ({ name, type: 'number', unit: 'share', optional: true, description })

export const summary: Table = {
  name: 'summary',
  title: 'Summary',
  description: 'One row a policy and measure: the estimate over all replications with its 95 % interval.',
  primaryKey: ['policy', 'measure'],
  columns: [
    policyColumn, measureColumn, estimate, ...bounds, methodColumn,
    { name: 'n', type: 'integer', unit: 'count', description: 'What the interval rests on: replications, but presses for wilson.' },
    { name: 'spread_low', type: 'number', unit: 'of the measure', optional: true, description: '5th percentile of the values of single replications.' },
    { name: 'spread_high', type: 'number', unit: 'of the measure', optional: true, description: '95th percentile of the values of single replications.' },
    { name: 'known_until', type: 'number', unit: 's', optional: true, description: 'Of what is read off a curve of waits: the last time at which somebody was watched, 3,600 s at most and also once all have ended. An estimate, low or high of a quantile that stands here is a bound: at least so long. Empty for other measures, and without a press.' }
  ]
}

export const differences: Table = {
  name: 'differences',
  title: 'Differences from the baseline',
  description: 'One row a policy other than the baseline and measure: policy minus baseline, paired by replication (common random numbers), with its 95 % interval. Of a quantile that one of them did not reach (`known_until` of table summary) it is a bound without an interval (at most so much if the baseline did not, at least if the policy did not); that neither reached, empty. Of `never_accepted` and `never_arrived`, if the two curves are known until different times, it is that at the sooner, without an interval.',
  primaryKey: ['policy', 'measure'],
  foreignKeys: [{ fields: ['policy', 'measure'], resource: 'summary', to: ['policy', 'measure'] }, { fields: ['baseline', 'measure'], resource: 'summary', to: ['policy', 'measure'] }],
  columns: [
    policyColumn,
    { name: 'baseline', type: 'string', description: 'Policy that is subtracted.' },
    measureColumn, estimate, ...bounds, methodColumn,
    { name: 'n', type: 'integer', unit: 'count', description: 'Pairs of replications: for paired-t those in which both have a value.' }
  ]
}

export const criteria: Table = {
  name: 'criteria',
  title: 'Criteria to proceed',
  description: 'Fixed in the scenario before the run (CONSORT pilot extension, 6c). Green or red only if the whole 95 % interval lies at or beyond that limit; anything else is amber. An end that is a bound (`known_until` of table summary) lies below no limit; what is left at an end before the hour is at most so much then, and is never red.',
  primaryKey: ['criterion', 'policy'],
  foreignKeys: [{ fields: ['policy', 'measure'], resource: 'summary', to: ['policy', 'measure'] }],
  columns: [
    { name: 'criterion', type: 'string', description: 'Name of the criterion, as in the scenario.' },
    policyColumn, measureColumn,
    { name: 'better', type: 'string', oneOf: ['less', 'more'], description: 'Which way is better.' },
    { name: 'green', type: 'number', unit: 'of the measure', description: 'Limit of green, in the unit of the measure.' },
    { name: 'red', type: 'number', unit: 'of the measure', description: 'Limit of red, in the unit of the measure.' },
    estimate, ...bounds,
    { name: 'verdict', type: 'string', oneOf: ['green', 'amber', 'red'], description: 'Amber also when nothing could be measured.' }
  ]
}

export const evidence: Table = {
  name: 'evidence',
  title: 'What the parameters rest on',
  description: 'One row a parameter of the scenario: its distribution, the grade of its evidence and its source.',
  primaryKey: ['path'],
  columns: [
    { name: 'path', type: 'string', description: 'Where it stands in the resolved scenario.' },
    { name: 'draw', type: 'string', description: 'Its distribution, as in scenario.json.' },
    { name: 'evidence', type: 'string', oneOf: ['measured', 'literature', 'elicited', 'assumed'], description: 'Grade of the evidence.' },
    { name: 'source', type: 'string', optional: true, description: 'Where it comes from, as in the scenario.' }
  ]
}

export const published: Table = {
  name: 'published',
  title: 'Held against what was published',
  description: 'One row a policy and a measure that was counted elsewhere. No parameter was fitted to it; lying outside refutes nothing, and must be explained.',
  primaryKey: ['policy', 'measure'],
  foreignKeys: [{ fields: ['policy', 'measure'], resource: 'summary', to: ['policy', 'measure'] }],
  columns: [
    policyColumn, measureColumn,
    { name: 'published_low', type: 'number', unit: 'of the measure', description: 'Lower end of what was published.' },
    { name: 'published_high', type: 'number', unit: 'of the measure', description: 'Upper end of what was published.' },
    { name: 'source', type: 'string', description: 'Where it was counted.' },
    estimate, ...bounds,
    { name: 'lies', type: 'string', oneOf: ['inside', 'below', 'above', 'undecided'], description: 'Where the 95 % interval lies; undecided: it reaches over an end, or nothing could be measured.' }
  ]
}

export const convergence: Table = {
  name: 'convergence',
  title: 'Convergence',
  description: 'The primary measure after so many replications: running mean and 95 % t interval.',
  primaryKey: ['policy', 'replications'],
  columns: [
    policyColumn, measureColumn,
    { name: 'replications', type: 'integer', unit: 'count', description: 'How many replications it rests on.' },
    estimate, ...bounds,
    share('relative_half_width', 'Half of the interval as a share of the estimate: the stopping rule looks at this.')
  ]
}

export const acceptance: Table = {
  name: 'acceptance',
  title: 'Time to acceptance, cumulative',
  description: 'Share of presses (tests left out) accepted by a human within t. `accepted` by Kaplan-Meier (1 - S(t)): presses taken back, ended, or still open at the end of the run without acceptance are censored then, and where nobody is watched any longer the cells are empty, unless all were accepted; `low` and `high` are its pointwise 95 % band over replications (see the codebook); empty with one replication.',
  primaryKey: ['policy', 't_s'],
  columns: [
    policyColumn,
    { name: 't_s', type: 'number', unit: 's', description: 'Seconds from the press.' },
    share('accepted', 'Share accepted by then, 0 to 1.'),
    share('low', 'Lower end of the 95 % band at t.'),
    share('high', 'Upper end of the 95 % band at t.'),
    { name: 'at_risk', type: 'integer', unit: 'count', description: 'Presses neither accepted nor censored just before t.' }
  ]
}

export const funnelStages = ['press', 'received', 'alerted', 'seen', 'accepted', 'arrived'] as const
export const funnel: Table = {
  name: 'funnel',
  title: 'How far each press got',
  description: 'One row a policy, cause and stage: presses that got there, and their share with the Wilson 95 % interval.',
  primaryKey: ['policy', 'cause', 'stage'],
  columns: [
    policyColumn,
    { name: 'cause', type: 'string', oneOf: ['incident', 'accident', 'test'], description: 'Why the button was pressed.' },
    { name: 'stage', type: 'string', oneOf: funnelStages, description: 'How far.' },
    { name: 'presses', type: 'integer', unit: 'count', description: 'Presses that got there, over all replications.' },
    share('share', 'Share of all presses, 0 to 1.'), share('low', 'Lower end of the 95 % interval.'), share('high', 'Upper end of the 95 % interval.')
  ]
}

export const steps: Table = {
  name: 'steps',
  title: 'Steps reached',
  description: 'One row a policy and step: received presses, tests left out, whose last told step was this one.',
  primaryKey: ['policy', 'step'],
  columns: [
    policyColumn,
    { name: 'step', type: 'integer', unit: 'ordinal', description: 'Last step told, from 1; 0: nobody was told.' },
    { name: 'presses', type: 'integer', unit: 'count', description: 'Presses over all replications.' },
    share('share', 'Share of received presses, 0 to 1.'), share('low', 'Lower end of the Wilson 95 % interval.'), share('high', 'Upper end of the Wilson 95 % interval.')
  ]
}

export const inequality: Table = {
  name: 'inequality',
  title: 'How the burden is shared',
  description: 'Lorenz curve of wakings and of alerts over responders who could be told: the least burdened first, pooled over replications.',
  primaryKey: ['policy', 'of', 'responders'],
  columns: [
    policyColumn,
    { name: 'of', type: 'string', oneOf: ['wakings', 'alerts'], description: 'What is shared.' },
    { name: 'responders', type: 'number', unit: 'share', description: 'Share of responders, least burdened first, 0 to 1.' },
    { name: 'borne', type: 'number', unit: 'share', description: 'Share of it that they bear, 0 to 1.' }
  ]
}

export const availabilityMonths: Table = {
  name: 'availability_months',
  title: 'Working chains over time',
  description: 'Share of room-hours with a working chain, month by month, over all replications, with the 95 % t interval.',
  primaryKey: ['policy', 'venue', 'month'],
  columns: [
    policyColumn,
    { name: 'venue', type: 'string', description: 'Kind of venue.' },
    { name: 'month', type: 'integer', unit: 'ordinal', description: 'Month (30 days) of the horizon, from 0.' },
    share('up', 'Share of room-hours, 0 to 1.'), share('low', 'Lower end of the 95 % interval.'), share('high', 'Upper end of the 95 % interval.'),
    share('undetected', 'Share of room-hours down without anybody having been told.')
  ]
}

export const derivedTables: readonly Table[] = [summary, differences, criteria, evidence, published, convergence, acceptance, funnel, steps, inequality, availabilityMonths]
