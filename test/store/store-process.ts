/**
 * A process of its own on the same database, as the service or the command line would be. Started as
 * `store-process <mode> <file> <name>`; says what it has done on its standard output, one line each.
 */
import { writeSync } from 'node:fs'
import { systemClock } from '../../server/clock/system-clock.ts'
import { openStore } from '../../server/store/sqlite/sqlite-store.ts'
import type { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { ana, hashOf, LivedAlarm } from './lived-alarm.ts'

const [mode = '', file = '', name = ''] = process.argv.slice(2)
const store = await openStore({ file, clock: systemClock, log: { warn: () => undefined } })
say('ready')
if (mode === 'remember') await remember(store)
else if (mode === 'press') await press(store)
else throw new Error(`No mode is called ${mode}`)

/** The command line: fifty short transactions, one after the other, then it ends. */
async function remember ({ alarms, close }: SqliteStore): Promise<void> {
  for (let i = 0; i < 50; i++) {
    await alarms.remember([hashOf(`${name} ${i}`)])
    say(`remembered ${i}`)
  }
  await close()
}

/** The service until it is killed: four buttons press and are answered, each step waits for its own acknowledgement. */
async function press (store: SqliteStore): Promise<void> {
  await Promise.all([0, 1, 2, 3].map(async (button) => {
    for (let n = 0; ; n++) await live(store, new LivedAlarm(`${name} ${button} ${n}`, `worker ${name} ${button} ${n}`))
  }))
}

async function live ({ alarms, buttons }: SqliteStore, lived: LivedAlarm): Promise<void> {
  for (let seq = 1; seq <= 3; seq++) {
    const result = await alarms.append(lived.append())
    if (!result.ok) throw new Error(result.code)
    say(`acknowledged ${JSON.stringify([lived.id, seq])}`)
    lived.saved().happens(seq === 1 ? { is: 'coming', from: ana, minutes: 5 } : { is: 'need-more', from: ana })
  }
  await buttons.save(lived.id, { known: 1 })
  say(`counted ${JSON.stringify(lived.id)}`)
}

/** Not through process.stdout: what was said must have left the process before it can be killed. */
function say (line: string): void {
  writeSync(1, `${line}\n`)
}
