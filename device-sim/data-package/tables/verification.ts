/** What `device-sim verify --out` adds to a package: whether the program that made it computes what it says. */
import type { Table } from '../table.ts'

export const verification: Table = {
  name: 'verification',
  title: 'Verification of the simulator',
  description: 'One row a check of device-sim verify, made by the same version, lock file, Node and type of machine as this study: its statistic beside its critical value.',
  primaryKey: ['check'],
  columns: [
    { name: 'check', type: 'string', description: 'Name of the check.' },
    { name: 'claim', type: 'string', description: 'What holds if it passes.' },
    { name: 'measures', type: 'string', description: 'What the statistic is.' },
    { name: 'statistic', type: 'number', unit: 'of the check', optional: true, description: 'What was computed; empty: it could not be.' },
    { name: 'least', type: 'number', unit: 'of the check', optional: true, description: 'Passes from here on; empty: open below.' },
    { name: 'most', type: 'number', unit: 'of the check', optional: true, description: 'Passes up to here; empty: open above.' },
    { name: 'n', type: 'integer', unit: 'count', description: 'What it rests on: alarms, customers, experiments.' },
    { name: 'passes', type: 'boolean', description: 'Whether the statistic lies within.' },
    { name: 'seed', type: 'number', unit: 'ordinal', description: 'Seed of the checks, not of the study.' }
  ]
}
