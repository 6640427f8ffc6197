/** Names at the end of lines, moved apart so that none covers another. */
export type Wanted<T> = { readonly y: number, readonly of: T }

/** `y` of each, in the order given, at least `gap` apart and between `top` and `bottom` where there is room. */
export function spread <T> (wanted: readonly Wanted<T>[], gap: number, top: number, bottom: number): { readonly y: number, readonly of: T }[] {
  const inOrder = [...wanted].map((each, n) => ({ ...each, n, at: each.y })).sort((a, b) => a.y - b.y || a.n - b.n)
  let floor = top
  for (const each of inOrder) {
    each.at = Math.max(each.at, floor)
    floor = each.at + gap
  }
  let ceiling = bottom
  for (const each of [...inOrder].reverse()) {
    each.at = Math.min(each.at, ceiling)
    ceiling = each.at - gap
  }
  return inOrder.sort((a, b) => a.n - b.n).map(({ at, of }) => ({ y: at, of }))
}
