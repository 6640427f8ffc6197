/** What `device-sim sensitivity` adds to a package: where the model was asked, what it answered, and what the answers hang on. */
import { unitAt } from '../../scenario/paths.ts'
import { measureNames } from '../../scenario/scenario.ts'
import type { Factor } from '../../scenario/scenario.ts'
import type { Column, Table } from '../table.ts'
import { policyColumn } from './raw.ts'

const pointColumn: Column = { name: 'point', type: 'integer', unit: 'ordinal', description: 'Number of the point in the design, from 0.' }
const measureColumn: Column = { name: 'measure', type: 'string', oneOf: measureNames, description: 'Name of the measure; definition and unit in the codebook.' }

/** The design matrix: one column a factor, named by its path in the scenario. */
export function designTable (factors: readonly Factor[]): Table {
  return {
    name: 'design',
    title: 'Design matrix',
    description: 'One row a point at which the model was run: the scenario as it is, each factor alone at its ends, and the points of Morris or of the Latin hypercube.',
    primaryKey: ['point'],
    columns: [
      pointColumn,
      { name: 'method', type: 'string', oneOf: ['base', 'low', 'high', 'morris', 'lhs'], description: 'base: the scenario as it is; low, high: one factor alone at that end; morris, lhs: of that design.' },
      { name: 'trajectory', type: 'integer', unit: 'ordinal', optional: true, description: 'Which walk of Morris, from 0; its points follow each other in order.' },
      ...factors.map(({ path, low, high, scale }): Column => ({ name: path, type: 'number', unit: unitAt(path.split('.')).resolved || 'number', optional: true, description: `Value of ${path} in the unit of the resolved scenario, from ${low} to ${high} (${scale}); empty: as the scenario has it.` }))
    ]
  }
}

export const responses: Table = {
  name: 'responses',
  title: 'Answers at the points of the design',
  description: 'One row a point, policy and measure: mean over replications, all points on the same luck.',
  primaryKey: ['point', 'policy', 'measure'],
  foreignKeys: [{ fields: ['point'], resource: 'design', to: ['point'] }],
  columns: [
    pointColumn, policyColumn, measureColumn,
    { name: 'mean', type: 'number', unit: 'of the measure', optional: true, description: 'Mean over the replications that had something to measure; empty: none had.' },
    { name: 'sd', type: 'number', unit: 'of the measure', optional: true, description: 'Standard deviation between replications.' },
    { name: 'replications', type: 'integer', unit: 'count', description: 'How many had something to measure.' }
  ]
}

export const indexNames = ['base', 'low_end', 'high_end', 'mu', 'mu_star', 'sigma', 'prcc', 'srrc'] as const
export type IndexName = typeof indexNames[number]

export const indices: Table = {
  name: 'indices',
  title: 'Sensitivity indices',
  description: 'One row a policy, measure, factor and index. base: the measure in the scenario as it is; low_end, high_end: with this factor alone at that end, interval of the difference from base within replications. mu, mu_star, sigma: elementary effects over the factor\'s whole range (Morris 1991; Campolongo 2007), interval of mu_star by bootstrap over trajectories. prcc: partial rank correlation; srrc: standardised rank regression coefficient (Latin hypercube).',
  primaryKey: ['policy', 'measure', 'factor', 'index'],
  columns: [
    policyColumn, measureColumn,
    { name: 'factor', type: 'string', description: 'Path in the scenario.' },
    { name: 'index', type: 'string', oneOf: indexNames, description: 'Which index.' },
    { name: 'estimate', type: 'number', unit: 'of the measure or index', optional: true, description: 'base, low_end, high_end, mu, mu_star, sigma: in the unit of the measure; prcc, srrc: -1 to 1. Empty: nothing moved, or there was nothing to measure.' },
    { name: 'low', type: 'number', unit: 'of the measure or index', optional: true, description: 'Lower end of the 95 % interval; empty: this index has none.' },
    { name: 'high', type: 'number', unit: 'of the measure or index', optional: true, description: 'Upper end of the 95 % interval; empty: this index has none.' },
    { name: 'n', type: 'integer', unit: 'count', description: 'What it rests on: effects of Morris, points of the hypercube, replications.' }
  ]
}
