/** What a live run came to, for people: one content, as text, Markdown or HTML. Pure. */
import type { CostFigures } from './cost.ts'
import type { Duplicate } from './account.ts'
import type { Named, TimeName, Totals } from './live-totals.ts'
import { timeNames } from './live-totals.ts'
import type { HerCounts } from './her-phone.ts'
import type { Kill } from './service-child.ts'
import type { Figures } from './stopwatch.ts'

export type LiveRun = {
  readonly totals: Totals
  readonly client: 'full' | 'light'
  readonly timeScale: number
  readonly seed: number
  readonly pace: string
  readonly kills: readonly Kill[]
  /** Of a replay; null: it is none. */
  readonly replay: { readonly missedPromises: number, readonly testsWithoutWindow: number, readonly hers: HerCounts } | null
  readonly cost: CostFigures
  readonly answered: Readonly<Record<string, number>>
  readonly refused: Readonly<Record<string, number>>
  /** Why the capture is not whole. */
  readonly captureFault: string | null
}
type Table = { readonly head: readonly string[], readonly rows: readonly (readonly string[])[] }
type Section = { readonly title: string, readonly lines: readonly string[], readonly table?: Table }

/** Lines of a list in text; the JSON and the other reports have up to a thousand. */
const LINES_MOST = 20
/** Of fewer buttons the memory is the noise of everything else. */
const MEMORY_LEAST = 500

const SAYS: Readonly<Record<TimeName, string>> = {
  puback: 'planned to PUBACK (durable)',
  told: 'planned to told (responder\'s socket)',
  light: 'planned to light',
  pubackAfterIdle: 'planned to PUBACK, first after idle',
  pubackAfterReconnect: 'planned to PUBACK, pressed without connection',
  behind: 'planned to pressed (this machine behind its plan)',
  reconnect: 'connection lost to connected'
}

export function asText (run: LiveRun): string {
  return sections(run, LINES_MOST).map(({ title, lines, table }) => [title, ...lines.map((line) => `  ${line}`), ...(table === undefined ? [] : columns(table))].join('\n')).join('\n\n')
}

export function asMarkdown (run: LiveRun): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const tableOf = ({ head, rows }: Table): readonly string[] => ['', row(head), row(head.map((_, i) => i === 0 ? '---' : '---:')), ...rows.map(row)]
  return `# A live run of device-sim\n\n${sections(run, Infinity).map(({ title, lines, table }) => [`## ${title}`, '', ...lines.map((line) => `- ${line}`), ...(table === undefined ? [] : tableOf(table))].join('\n')).join('\n\n')}\n`
}

export function asHtml (run: LiveRun): string {
  const cells = (tag: string, of: readonly string[]): string => `<tr>${of.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  const body = sections(run, Infinity).map(({ title, lines, table }) => `<h2>${escaped(title)}</h2>${lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`}${table === undefined ? '' : `<table><thead>${cells('th', table.head)}</thead><tbody>${table.rows.map((row) => cells('td', row)).join('')}</tbody></table>`}`).join('\n')
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A live run of device-sim</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;font-size:.9rem}th,td{padding:.25rem .6rem;border-bottom:1px solid #ccc;text-align:right}th:first-child,td:first-child{text-align:left}</style>
<h1>A live run of device-sim</h1>
${body}
</html>
`
}

function sections (run: LiveRun, most: number): readonly Section[] {
  const { totals } = run
  return [
    { title: 'What was run', lines: whatWasRun(run) },
    { title: 'What became of the presses', lines: whatBecame(run) },
    { title: 'Times', lines: [], table: timesTable(totals.times) },
    ...(run.kills.length + totals.storms.length === 0 ? [] : [{ title: 'Bad moments', lines: badMoments(run) }]),
    ...list('Lost', totals.lostCount, totals.lost.map(nameLine), most),
    ...list('Late', totals.lateCount, totals.late.map(nameLine), most),
    ...list('Told twice', totals.duplicated.length, totals.duplicated.map(duplicateLine), most)
  ]
}

function whatWasRun ({ totals, client, timeScale, seed, pace, cost, replay }: LiveRun): readonly string[] {
  return [
    `${totals.connected} of ${totals.buttons} buttons connected in ${seconds(totals.connectMs)}, ${client} client, seed ${seed}`,
    pace,
    ...(replay === null ? [] : replayedLines(replay)),
    ...(timeScale === 1 ? [] : [`planned times ${timeScale} times shorter than said; the waits of protocol and service are what they are`]),
    ...(cost.perButton === null || totals.connected < MEMORY_LEAST ? [] : [`${kilobytes(cost.perButton)} a button in this process${cost.servicePerButton === null ? '' : `, ${kilobytes(cost.servicePerButton)} in the service`} (resident memory, all connected less none)`]),
    ...(cost.cores === null ? [] : [`${percent(cost.cores)} of one core in this process${cost.serviceCores === null ? '' : `, ${percent(cost.serviceCores)} in the service`}, from the first press to the end`]),
    ...(totals.interrupted ? ['interrupted: what was under way then is among the lost'] : [])
  ]
}

function replayedLines ({ missedPromises, testsWithoutWindow, hers }: NonNullable<LiveRun['replay']>): readonly string[] {
  const all = Object.entries(hers)
  const of = (which: 'done' | 'refused' | 'noPhone'): string => all.filter(([, counts]) => counts[which] > 0).map(([what, counts]) => `${counts[which]} ${what}`).join(', ')
  const line = (said: string, why: string): readonly string[] => said === '' ? [] : [`${why}: ${said}`]
  return [
    ...line(of('done'), 'done on her phone'),
    ...line(of('refused'), 'not replayed, since the service refused it or nothing of hers was open'),
    ...line(of('noPhone'), 'not replayed, since no phone of hers takes part (a test without its window is taken as an alarm)'),
    ...(testsWithoutWindow === 0 ? [] : [`not replayed: the windows of ${testsWithoutWindow} tests, since another press of the room was too near; these were taken as alarms`]),
    ...(missedPromises === 0 ? [] : [`not replayed: ${missedPromises} missed promises to say "I am fine" (nobody presses; a service raises them by itself)`])
  ]
}

function whatBecame ({ totals, answered, refused, captureFault }: LiveRun): readonly string[] {
  const counted = (of: Readonly<Record<string, number>>): string => Object.entries(of).map(([what, count]) => `${count} ${what}`).join(', ')
  return [
    `${totals.pressed} pressed, ${totals.acknowledged} acknowledged, ${totals.lit} lit; ${totals.resent} frames sent again`,
    ...(totals.watched + totals.joined === 0 ? ['nobody who takes part can be told of these presses'] : [`${totals.watched} opened an alarm in a watched room, of these told: ${totals.told}; ${totals.joined} joined one that was open`]),
    `${totals.lostCount} lost, ${totals.lateCount} late (over ${seconds(totals.lateMs)}), ${totals.duplicated.length} told twice`,
    ...(Object.keys(answered).length === 0 ? [] : [`responders answered: ${counted(answered)}`]),
    ...(Object.keys(refused).length === 0 ? [] : [`refused by the service: ${counted(refused)}`]),
    ...(captureFault === null ? [] : [`the capture is not whole: ${captureFault}`])
  ]
}

function timesTable (times: Totals['times']): Table {
  const row = (name: TimeName, { count, p50, p90, p99, p999, max, within10s, within40s }: Figures): readonly string[] =>
    [SAYS[name], String(count), ...[p50, p90, p99, p999, max].map(milliseconds), percent(within10s), percent(within40s)]
  const head = ['ms', 'n', 'p50', 'p90', 'p99', 'p99.9', 'max', '<= 10 s', '<= 40 s']
  const rows = timeNames.filter((name) => times[name].count > 0).map((name) => row(name, times[name]))
  return { head, rows: [...rows, ['BS 8484 asks of alarms taken by a human', '', '', '', '', '', '', '80 %', '98.5 %']] }
}

function badMoments ({ kills, totals }: LiveRun): readonly string[] {
  return [
    ...kills.map(({ atMs, readyMs }) => `killed at ${seconds(atMs)}, ${readyMs === null ? 'and did not come back' : `ready again after ${seconds(readyMs - atMs)}`}`),
    ...totals.storms.map(({ atMs, cut, back, times }) => `all cut at ${seconds(atMs)}: ${back} of ${cut} came back${times.max === null ? '' : `, half of them after ${seconds(times.p50 ?? 0)}, 99 % after ${seconds(times.p99 ?? 0)}, the last after ${seconds(times.max)}`}`)
  ]
}

function list (title: string, count: number, lines: readonly string[], most: number): readonly Section[] {
  if (count === 0) return []
  const shown = lines.slice(0, most)
  return [{ title: `${title} (${count})`, lines: shown.length < count ? [...shown, `and ${count - shown.length} more`] : shown }]
}

function nameLine ({ button, event, plannedMs, why }: Named): string { return `button ${button}, event ${event ?? '-'}, planned at ${seconds(plannedMs)}: ${why}` }

function duplicateLine ({ alarm, room, atMs, button, event, plannedMs }: Duplicate): string {
  const after = button === null ? 'after no press of this run' : `after button ${button}, event ${event ?? '-'}, planned at ${seconds(plannedMs ?? 0)}`
  return `${room}: alarm ${alarm} told at ${seconds(atMs)}, ${after}`
}

function columns ({ head, rows }: Table): readonly string[] {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) => `  ${row.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)).join('  ')}`.trimEnd())
}

function milliseconds (ms: number | null): string { return ms === null ? '-' : ms < 100 ? ms.toFixed(1) : ms.toFixed(0) }
function seconds (ms: number): string { return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s` }
function percent (share: number | null): string { return share === null ? '-' : `${(Math.floor(share * 10_000) / 100).toFixed(2)} %` }
function kilobytes (bytes: number): string { return `${(bytes / 1_024).toFixed(1)} KiB` }
function escaped (text: string): string { return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') }
