/** What the results hang on; nothing when the package was not asked. */
import { escaped } from '../draw/svg.ts'
import { figureOf, tableOf } from '../figure.ts'
import { morrisFigure } from '../plots/morris.ts'
import { tornadoFigure } from '../plots/tornado.ts'
import { panelsOf } from '../sensitivity.ts'
import type { Panel } from '../sensitivity.ts'
import { measureWords } from '../study.ts'
import type { Estimate, Study } from '../study.ts'

function hypercube ({ say, pack }: Study, panels: readonly Panel[]): string {
  const ranked = ({ estimate, low, high }: Estimate): string => `${estimate === null ? say.text('nothing') : say.number(estimate, 2)}${low === null || high === null ? '' : ` (${say.text('from_to', { low: say.number(low, 2), high: say.number(high, 2) })})`}`
  const rows = panels.flatMap(({ shown, factors }) => factors.flatMap(({ number, path, of: { prcc, srrc } }) => prcc === undefined || srrc === undefined ? [] : [{ size: Math.abs(prcc.estimate ?? 0), cells: [`${number} ${path}`, shown.name, ranked(prcc), ranked(srrc)] }])
    .sort((a, b) => b.size - a.size).map(({ cells }) => cells))
  if (rows.length === 0) return ''
  const numbers = { head: [say.text('parameter'), say.text('policy'), say.text('prcc'), say.text('srrc')], rows }
  return `<figure id="hypercube"><figcaption><h3>${escaped(say.text('hypercube'))}</h3><p>${escaped(say.text('hypercube_read', { measure: measureWords(say, pack.scenario.replications.primary) }))}</p></figcaption>${tableOf(numbers, say.text('hypercube'))}<p class="source">${escaped(say.text('source', { file: 'data/indices.csv' }))}</p></figure>`
}

export function sensitivitySection (study: Study): string {
  const panels = panelsOf(study)
  if (panels.length === 0) return ''
  const { say } = study
  const names = (panels[0]?.factors ?? []).map(({ path }) => `<li>${escaped(path).replaceAll('.', '.<wbr>')}</li>`).join('')
  const figures = [morrisFigure(study, panels), tornadoFigure(study, panels)].map((figure) => figure === null ? '' : figureOf(figure, say)).join('')
  return `<section id="sensitivity"><h2>${escaped(say.text('sensitivity'))}</h2><p>${escaped(say.text('sensitivity_lead'))}</p><ol class="factors">${names}</ol>${figures}${hypercube(study, panels)}</section>`
}
