/** The measures: unit, and what exactly they measure. The codebook and the report read the table that computes them. */
import type { MeasureName } from '../scenario/scenario.ts'
import { measures as computed } from '../virtual/model/measures.ts'
import type { MeasureUnit } from '../virtual/model/measures.ts'

/** `share`: 0 to 1, printed as %. */
export type Unit = MeasureUnit
export type Measure = { readonly unit: Unit, readonly definition: string }

export const measures: Readonly<Record<MeasureName, Measure>> = computed
