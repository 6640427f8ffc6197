/** `codebook.md`: every file, column, unit and measure in words. */
import { measureNames } from '../scenario/scenario.ts'
import { measures } from './measures.ts'
import type { Unit } from './measures.ts'
import type { Column, Table } from './table.ts'

const units: Readonly<Record<Unit, string>> = { s: 'seconds', share: 'share, 0 to 1', count: 'count', EUR: 'EUR' }
const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function columnLine ({ name, type, unit, description, optional, oneOf }: Column): string {
  const more = oneOf === undefined || oneOf.length > 12 ? '' : ` One of: ${oneOf.join(', ')}.`
  return `| \`${name}\` | ${type} | ${unit ?? ''} | ${optional === true ? 'may be empty' : 'always'} | ${inCell(description + more)} |`
}

export function tableSection (table: Table): string {
  return [
    `## ${table.name}`, '', table.description, '',
    `Key: ${table.primaryKey.map((name) => `\`${name}\``).join(', ')}. Files: \`data/${table.name}.csv\`, \`data/${table.name}.parquet\`.`, '',
    '| column | type | unit | | meaning |', '|---|---|---|---|---|', ...table.columns.map(columnLine), ''
  ].join('\n')
}

export function codebook (tables: readonly Table[]): string {
  return [
    '# Codebook', '',
    'CSV is RFC 4180: UTF-8, comma, CRLF. An empty cell is a missing value; there is no other code for it. Times are virtual seconds from the start of the run. A month has 30 days, a year 365. Shares run from 0 to 1. Unit `ordinal`: which one, not how many; `of the measure`: as the table of measures below says.', '',
    '## Measures', '', '| measure | unit | definition |', '|---|---|---|',
    ...measureNames.map((name) => `| \`${name}\` | ${units[measures[name].unit]} | ${inCell(measures[name].definition)} |`), '',
    '## How intervals are made', '',
    '- `t`: Student interval on the mean of one value a replication.',
    '- `bootstrap`: quantile of the presses of all replications (the inverse of their empirical distribution; of `tta` and `tto` of the Kaplan-Meier curve); replications are resampled whole, 500 times (percentile interval). Where the curve does not get there as far as it is known, what is told is a bound, `known_until`.',
    '- `wilson`: Wilson score interval on a share of the presses of all replications, taken as independent.',
    '- `kaplan-meier`: shares of the presses of all replications that are read off the curve of table acceptance, or that of arrivals, band and all. Presses whose wait was cut short are censored. The band is pointwise, Student on the log-log scale with one degree of freedom less than there are replications, its variance the one between replications by linearisation: presses of one replication are not taken for independent. Before the first acceptance and after the last it is as wide as there.',
    '- `paired-bootstrap`: of measures that are read off a curve, the difference of the two estimates of table summary; replications are resampled whole, the same for both policies.',
    '- `paired-t`: Student interval on the mean difference within replications (common random numbers).',
    '- `count`: a sum that must be 0; no interval.', '',
    'Table measures holds each measure of one replication, with the same definition read of its presses alone; the stopping rule, the spread, `sensitivity` and `compare` take means of these, which for a quantile is not the quantile of all presses. There a quantile that the curve of one replication does not reach counts as 3,600 s, however long somebody was watched: it stands behind all that were reached, so that a mean never flatters whoever is slow. It is empty where there is nothing to measure it on: no press; of a quantile, none that was accepted or reached and none that was watched for an hour; of `tta_in_10s` and `tta_in_40s`, none that was watched so long, unless all had been accepted before. With few presses a replication the curve of one ends early and high: means of `never_accepted`, `never_arrived` and of quantiles lie above what tables summary and differences say of all presses, and are for telling two runs apart, not for the size.', '',
    ...tables.map(tableSection)
  ].join('\n')
}
