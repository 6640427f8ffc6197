import t from 'tap'
import type { ButtonMemory, Memories } from '../../broker/ports.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { fileIn, openedStore } from './opened-store.ts'

const did = 'a1b2c3d4e5f60718' as Did
const memory: ButtonMemory = { window: { boot: 3, seq: 41, bits: 'ffffffffffffffff', deafUpTo: 0 }, dseqReserved: 2_000 }

t.test('a button\'s counters outlive a restart: an old frame stays old', async (t) => {
  const file = fileIn(t)
  const first = await openedStore(t, { file })
  const memories: Memories = first.buttons
  t.equal((await memories.loadAll()).size, 0, 'never heard')
  await memories.save(did, { ...memory, dseqReserved: 1_000 })
  await memories.save(did, memory)
  await first.close()
  const second = await openedStore(t, { file })
  t.same(await second.buttons.loadAll(), new Map([[did, memory]]))
})

t.test('last beats are saved many at once', async (t) => {
  const store = await openedStore(t)
  await store.buttons.saveBeats([{ did: 'b', at: 1 }, { did: 'a', at: 1, batteryPct: 80 }])
  await store.buttons.saveBeats([{ did: 'b', at: 2 }])
  t.same(await store.buttons.loadBeats(), [{ did: 'a', at: 1, batteryPct: 80 }, { did: 'b', at: 2 }])
})
