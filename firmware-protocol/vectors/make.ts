/** Writes the vector files beside this script: `npx tsx firmware-protocol/vectors/make.ts`. */
import { writeFileSync } from 'node:fs'
import { vectorFiles } from './vector-files.ts'

for (const [name, text] of vectorFiles()) writeFileSync(new URL(name, import.meta.url), text)
