/** The service is killed at random moments while 50 buttons press. The long run is `npm run soak`. */
import t from 'tap'
import { killMany } from './killing.ts'

t.test('killed 50 times while 50 buttons press: what was acknowledged is there, every alarm goes on', async (t) => {
  await killMany(t, 50)
})
