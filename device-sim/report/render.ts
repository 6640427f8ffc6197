/** `report.html`: one page that needs nothing besides itself, reads on a screen, a phone and paper, and runs no script. */
import type { DataPackage } from '../data-package/read.ts'
import { escaped } from './draw/svg.ts'
import { figureOf } from './figure.ts'
import { acceptanceFigure } from './plots/acceptance.ts'
import { availabilityFigure } from './plots/availability.ts'
import { convergenceFigure } from './plots/convergence.ts'
import { forestFigure } from './plots/forest.ts'
import { funnelFigure } from './plots/funnel.ts'
import { inequalityFigure } from './plots/inequality.ts'
import { paretoFigure } from './plots/pareto.ts'
import { stepsFigure } from './plots/steps.ts'
import type { Language } from './say.ts'
import { costsSection, limitsSection, measuresSection, provenanceSection } from './sections/closing.ts'
import { criteriaSection } from './sections/criteria.ts'
import { evidenceSection } from './sections/evidence.ts'
import { headSection, invariantSection, policiesSection, summarySection } from './sections/head.ts'
import { sensitivitySection } from './sections/sensitivity.ts'
import { verificationSection } from './sections/verification.ts'
import { studyOf } from './study.ts'
import { style } from './style.ts'

export type { Language } from './say.ts'

/** No script, no font, no picture from anywhere: the page can't tell anybody that it is read. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

export function renderReport (pack: DataPackage, language: Language): string {
  const study = studyOf(pack, language)
  const { say } = study
  const first = [acceptanceFigure, funnelFigure, stepsFigure, paretoFigure, inequalityFigure, forestFigure, availabilityFigure].map((make) => figureOf(make(study), say))
  const main = [
    headSection(study), summarySection(study), policiesSection(study), criteriaSection(study), invariantSection(study), evidenceSection(study), ...first,
    costsSection(study), sensitivitySection(study), figureOf(convergenceFigure(study), say), verificationSection(study), measuresSection(study), limitsSection(study), provenanceSection(study)
  ].filter((part) => part !== '').join('\n')
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(pack.scenario.title)} · ${escaped(say.text('report'))}</title>
<style>${style}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`
}
