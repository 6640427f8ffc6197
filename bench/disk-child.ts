import { fdatasyncSync, openSync, writeSync } from 'node:fs'
import { systemClock } from '../server/clock/system-clock.ts'

/** A page of SQLite's. */
const page = Buffer.alloc(4_096, 1)
const file = openSync(process.argv[2] ?? '', 'a')

process.on('message', () => {
  const from = systemClock.mono()
  writeSync(file, page)
  fdatasyncSync(file)
  process.send?.(systemClock.mono() - from)
})
