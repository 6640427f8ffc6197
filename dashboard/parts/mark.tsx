/** How sure a fact is, by shape: full disc proven, half disc weaker, open ring missing, barred ring no, dotted ring not yet. */
export type Sure = 'proven' | 'weak' | 'missing' | 'no' | 'next'

const SHAPES = {
  proven: <><circle class="disc" cx="12" cy="12" r="9" /><path class="sign" d="M8 12.4l2.8 2.8L16 9.6" /></>,
  weak: <><circle cx="12" cy="12" r="8" /><path class="half" d="M12 4a8 8 0 0 1 0 16z" /></>,
  missing: <><circle cx="12" cy="12" r="8" /><path d="M12 8v4.75" /><circle class="solid" cx="12" cy="15.9" r="1" /></>,
  no: <><circle cx="12" cy="12" r="8" /><path d="M8.250 12h7.500" /></>,
  next: <circle cx="12" cy="12" r="8" />
} as const

export function Mark ({ sure }: { readonly sure: Sure }) {
  return <svg class={`mark mark-${sure}`} viewBox="0 0 24 24" aria-hidden="true">{SHAPES[sure]}</svg>
}
