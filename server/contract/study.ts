/** Reports of simulated studies, which the operator laid where researchers may read them. */
import { Type } from 'typebox'
import { Time, exact, nullable } from './words.ts'

/** A folder's name. It begins with no dot: nothing above or hidden can be named. */
const Study = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$', minLength: 1, maxLength: 100 })
export const StudiesShown = Type.Object({
  studies: Type.Array(Type.Object({
    study: Type.String(),
    title: Type.String({ description: 'As its data package says, else the name of its folder.' }),
    madeAt: nullable(Time)
  }), { description: 'The newest first.' })
})
export const StudyParams = exact({ study: Study })
