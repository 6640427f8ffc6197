import { DEFAULT_BEAT_S } from '../firmware-protocol/limits.ts'
import { systemClock } from '../server/clock/system-clock.ts'
import type { HolderOrder } from './crowd.ts'
import { LightLine } from './light-line.ts'

/** Connecting at once; a house comes back after a power cut like this, a few hundred at a time. */
const AT_ONCE = 200
const TICKS_PER_BEAT = 300

process.once('message', (order: HolderOrder) => { void hold(order) })
process.once('disconnect', () => { process.exit() })

async function hold ({ mqttPort, buttons }: HolderOrder): Promise<void> {
  const from = systemClock.mono()
  const lines: LightLine[] = []
  for (let i = 0; i < buttons.length; i += AT_ONCE) {
    lines.push(...await Promise.all(buttons.slice(i, i + AT_ONCE).map((button) => LightLine.open(mqttPort, button))))
  }
  process.send?.(systemClock.mono() - from)
  beat(lines, 0)
}

/** Each button every 30 s, and all of them spread over it. */
function beat (lines: readonly LightLine[], tick: number): void {
  for (let i = tick; i < lines.length; i += TICKS_PER_BEAT) {
    const line = lines[i]
    line?.write(line.packet(line.frames.beat()))
  }
  systemClock.after(DEFAULT_BEAT_S * 1_000 / TICKS_PER_BEAT, () => { beat(lines, (tick + 1) % TICKS_PER_BEAT) })
}
