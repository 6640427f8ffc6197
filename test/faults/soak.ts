/** `npm run soak`: as `killed.test.ts`, 500 kills. */
import t from 'tap'
import { killMany } from './killing.ts'

t.test('killed 500 times while 50 buttons press', async (t) => {
  await killMany(t, 500)
})
