/** Incident: a service that was killed in the middle, and a load run that never noticed. The built command kills the built service. */
import t from 'tap'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { readMeasured } from '../../device-sim/live/calibration.ts'
import { COMMANDS } from '../runner/root.ts'

const SERVICE = `"${process.execPath}" "${COMMANDS.veilleuse}"`

type Line = Readonly<Record<string, unknown>> & { readonly what?: string }

async function live (child: ChildProcess): Promise<{ readonly code: unknown, readonly lines: readonly Line[], readonly errors: string }> {
  const lines: Line[] = []
  const read = (async () => { for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) lines.push(JSON.parse(line) as Line) })()
  const [errors, [code]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'exit')])
  await read
  return { code, lines, errors }
}

/** `own`: a folder for temporary files that nobody else writes to. */
function start (own: string, ...more: string[]): ChildProcess {
  return spawn(process.execPath, [COMMANDS.deviceSim, 'live', '--json', '--service', SERVICE, ...more], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: own } })
}

t.test('killed in the middle: nothing is lost, or it is named; a full disk takes the capture alone', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({ own: {} })
  const own = join(folder, 'own')
  const file = join(folder, 'capture.ndjson')
  const runs = [
    ['--buttons', '40', '--watched', '10', '--stages', '20/s for 3 s', '--kind', 'alarm', '--kill-every', '1.5', '--client', 'light', '--settle', '60', '--late', '60', '--capture', file],
    ['--buttons', '5', '--watched', '0', '--stages', '5/s for 3 s', '--storm-every', '1', '--capture', '/dev/full']
  ]
  for (const [index, more] of runs.entries()) {
    if (more.includes('/dev/full') && !existsSync('/dev/full')) continue
    const child = start(own, ...more)
    t.teardown(() => { child.kill('SIGKILL') })
    const { code, lines, errors } = await live(child)
    const totals = lines.at(-1)
    t.equal(errors, '')
    t.equal(code, 0, `nothing was lost: ${JSON.stringify(totals?.['lost'])}`)
    t.match(totals, { what: 'totals', lostCount: 0, duplicated: [], acknowledged: totals?.['pressed'], captureFault: index === 0 ? null : 'ENOSPC' })
    if (index === 1) {
      t.match(totals, { storms: [{ cut: Number }, { cut: Number }], cost: { cores: Number, serviceCores: Number } }, 'each second, and not at the end itself')
      continue
    }
    t.match(totals, { connected: 40, client: 'light', kills: [{ atMs: Number, readyMs: Number }], cost: { cores: Number, serviceCores: null } }, 'its processor time begins anew with each start')
    t.ok(Number(totals?.['told']) > 0, 'responders heard of it on real sockets')
    const pressed = readFileSync(file, 'utf8').trimEnd().split('\n').length - 1
    t.equal(pressed, totals?.['pressed'], 'each press is in the capture')
    t.equal(readMeasured(readFileSync(file, 'utf8'), file).values.length, pressed)
  }
  t.same(readdirSync(own).filter((name) => name.startsWith('live-')), [], 'and the throw-away data is thrown away')
})

t.test('a replay does on her phone what she did: a window for a test, her PIN, her duress PIN, "I am safe"', { timeout: 300_000 }, async (t) => {
  const folder = t.testdir({
    own: {}, data: {
      'presses.csv': [
        'policy,replication,venue,venue_number,room,cause,silent,quiet,missed,pressed_at_s,pressed_again_at_s,forced_at_s,said_safe_at_s,cancelled_at_s',
        'p,0,house,1,1,test,false,false,false,2,,,,', 'p,0,house,1,2,accident,false,false,false,1,,,,2', 'p,0,house,1,3,incident,true,false,false,1,,2,,', 'p,0,house,1,4,incident,false,true,false,1,,,2,',
        'p,0,house,1,5,incident,false,true,true,1,,,,', ''
      ].join('\r\n')
    }
  })
  const child = start(join(folder, 'own'), '--buttons', '1', '--replay', folder, '--answers', '0', '--settle', '60', '--late', '60')
  t.teardown(() => { child.kill('SIGKILL') })
  const { code, lines, errors } = await live(child)
  t.equal(errors, '')
  t.equal(code, 0)
  const once = { done: 1, refused: 0, noPhone: 0 }
  t.match(lines.at(-1), { pressed: 4, acknowledged: 4, buttons: 4, replay: { missedPromises: 1, testsWithoutWindow: 0, hers: { 'test window': once, PIN: once, 'duress PIN': once, '"I am safe"': once } } })
})

t.test('a service that does not start, and one that is no service, say so', async (t) => {
  for (const [command, code] of [['false', /^SERVICE_REFUSED: /], ['echo "{}" #', /^BUTTON_INVALID: /]] as const) {
    const child = spawn(process.execPath, [COMMANDS.deviceSim, 'live', '--service', command], { stdio: ['ignore', 'pipe', 'pipe'] })
    const { errors, code: exit } = await live(child)
    t.equal(exit, 1)
    t.match(errors, code)
  }
})
