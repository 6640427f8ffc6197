/**
 * Incident: in Dutch the button that removes somebody lay outside the screen of a small phone, a screen reader found no name on it, and
 * nobody had opened that screen since it was made. A file a side, so that they are walked side by side.
 */
import { judgeEvery } from './walk/judge.ts'

await judgeEvery('her lamp')
