import { makeBodies } from './make-bodies.ts'
import { makeButtonStories } from './make-button-stories.ts'
import { makeCounters } from './make-counters.ts'
import { makeEnvelopes } from './make-envelopes.ts'
import { makeFrames } from './make-frames.ts'
import { makeKeys, makeTopics } from './make-keys.ts'
import { makePresses } from './make-presses.ts'
import { makeServiceStories } from './make-service-stories.ts'
import { fileText } from './shape.ts'

/** Every vector file by its name, as text; the same bytes whenever and wherever it runs. */
export function vectorFiles (): ReadonlyMap<string, string> {
  return new Map([
    ['keys.json', fileText(makeKeys())],
    ['topics.json', fileText(makeTopics())],
    ['frames.json', fileText(makeFrames())],
    ['envelopes.json', fileText(makeEnvelopes())],
    ['bodies.json', fileText(makeBodies())],
    ['presses.json', fileText(makePresses())],
    ['counters.json', fileText(makeCounters())],
    ['service-stories.json', fileText(makeServiceStories())],
    ['button-stories.json', fileText(makeButtonStories())]
  ])
}
