/** What a chance may be, as data. Sampled by its inverse CDF only (one uniform number, one value), so that policies share their luck. */
export type Distribution =
  | { readonly is: 'constant', readonly value: number }
  | { readonly is: 'uniform' | 'log-uniform', readonly low: number, readonly high: number }
  | { readonly is: 'triangular', readonly low: number, readonly mode: number, readonly high: number }
  | { readonly is: 'exponential', readonly mean: number }
  /** `sigma` of ln x; a scenario may give p90 or p95 instead. */
  | { readonly is: 'log-normal', readonly median: number, readonly sigma: number }
  | { readonly is: 'weibull', readonly shape: number, readonly scale: number }
  /** Shares add up to 1. */
  | { readonly is: 'mixture', readonly parts: readonly { readonly share: number, readonly of: Distribution }[] }
  /** Does not happen: a push that is lost. Samples as Infinity. */
  | { readonly is: 'never' }
  /** Measured: straight lines between (p, x), p rising from 0 to 1, x not falling. */
  | { readonly is: 'empirical', readonly points: readonly { readonly p: number, readonly x: number }[] }
