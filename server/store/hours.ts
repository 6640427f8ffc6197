/** Spans of time on a rota: pure. `untilAt` null: open end. A span holds its beginning and not its end. */
export type Span = { readonly fromAt: number, readonly untilAt: number | null }

const endOf = ({ untilAt }: Span): number => untilAt ?? Number.POSITIVE_INFINITY
const span = (fromAt: number, end: number): Span => ({ fromAt, untilAt: end === Number.POSITIVE_INFINITY ? null : end })

/** The same hours, each named once, in order; spans that touch are one. */
export function joined (spans: readonly Span[]): readonly Span[] {
  const whole: Span[] = []
  for (const next of [...spans].sort((a, b) => a.fromAt - b.fromAt)) {
    const last = whole.at(-1)
    if (last === undefined || endOf(last) < next.fromAt) whole.push(next)
    else whole[whole.length - 1] = span(last.fromAt, Math.max(endOf(last), endOf(next)))
  }
  return whole
}

/** What of `spans` lies in `window`. */
export function within (spans: readonly Span[], window: Span): readonly Span[] {
  return joined(spans).flatMap((each) => {
    const [from, end] = [Math.max(each.fromAt, window.fromAt), Math.min(endOf(each), endOf(window))]
    return from < end ? [span(from, end)] : []
  })
}

/** What of `spans` is left when `cut` is taken out. */
export function without (spans: readonly Span[], cut: readonly Span[]): readonly Span[] {
  return cut.reduce((left, { fromAt, untilAt }) => [
    ...within(left, span(Number.NEGATIVE_INFINITY, fromAt)),
    ...untilAt === null ? [] : within(left, span(untilAt, Number.POSITIVE_INFINITY))
  ], joined(spans))
}
