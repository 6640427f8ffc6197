/** `device-sim calibrate`: what was measured becomes a parameter of a scenario. */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { InvalidInput } from '../invalid-input.ts'
import { asParameter, quantilePoints, readMeasured, type Unit } from '../live/calibration.ts'
import { EXIT } from './command.ts'
import type { Command } from './command.ts'
import { TABLE_MOST_BYTES } from '../text-file.ts'
import { oneOf, parse } from './option-values.ts'
import { nameOf, readText } from './scenario-file.ts'

const SHA_CHARS = 12
const UNITS: readonly Unit[] = ['ms', 's', 'min', 'h', 'number']

export const calibrate: Command = {
  name: 'calibrate',
  does: 'turns a capture or a CSV into a measured distribution',
  usage: `usage: device-sim calibrate FILE [--column NAME] [--unit ms|s|min|h|number] [--decimal comma|point] [--source TEXT] [--json]

  FILE is a capture of \`device-sim live --capture\`, or a CSV with a line of names; - is standard input. Prints a parameter for a scenario:
  quantile points, evidence: measured, and where they are from. Rows without a value are left out and counted.
  A CSV may be parted by commas, semicolons or tabs, as spreadsheets of any country save it in UTF-8.

  --column NAME   which times                (the only column; planned_to_puback_ms of a capture)
  --unit UNIT     of that column             (the end of its name: _ms, _s, _min, _h; else a plain number)
  --decimal WORD  comma or point             (point; a comma too where semicolons or tabs part the columns)
  --source TEXT   what was measured, where and when: say it, a reader can't know it    (the file and its SHA-256)
  --json          the points as JSON

Exit: 0 ok, 1 too few rows, or some that are no times.
`,
  async run (argv, io) {
    const { values, positionals } = parse(argv, { column: { type: 'string' }, unit: { type: 'string' }, decimal: { type: 'string' }, source: { type: 'string' }, json: { type: 'boolean' } })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'calibrate needs one FILE')
    const content = await readText(file, TABLE_MOST_BYTES)
    const measured = readMeasured(content, nameOf(file), {
      column: values.column ?? null,
      unit: values.unit === undefined ? null : oneOf(values.unit, '--unit', UNITS),
      decimal: values.decimal === undefined ? null : oneOf(values.decimal, '--decimal', ['comma', 'point'])
    })
    const { unit } = measured
    const origin = `${basename(nameOf(file))} (SHA-256 ${createHash('sha256').update(content).digest('hex').slice(0, SHA_CHARS)})`
    const source = values.source === undefined ? origin : `${values.source.trim()}; ${origin}`
    io.print(values.json === true
      ? JSON.stringify({ empirical: quantilePoints(measured.values), unit, column: measured.column, n: measured.values.length, absent: measured.absent, evidence: 'measured', source })
      : asParameter(measured, source))
    return EXIT.ok
  }
}
