/** Who can help afterwards (R25). Numbers and addresses alone; their words are texts. Where each comes from: docs/help.md. */

/** When somebody last looked all of them up. Shown on every one of them. */
export const CHECKED_AT = Date.UTC(2026, 10, 28, 12)

export type Place = {
  readonly is: 'care' | 'union' | 'support' | 'men' | 'flanders' | 'forced'
  /** As it is dialled, and as it is read. */
  readonly phone: { readonly dial: string, readonly read: string } | null
  readonly page: { readonly href: string, readonly read: string }
  readonly mail: string | null
}

export const PLACES: readonly Place[] = [
  { is: 'care', phone: { dial: '+3225354542', read: '02 535 45 42' }, page: { href: 'https://www.violencessexuelles.be', read: 'violencessexuelles.be' }, mail: null },
  { is: 'union', phone: null, page: { href: 'https://www.utsopi.be', read: 'utsopi.be' }, mail: 'info@utsopi.be' },
  { is: 'support', phone: null, page: { href: 'https://espacep.be', read: 'espacep.be' }, mail: null },
  { is: 'men', phone: null, page: { href: 'https://alias.brussels', read: 'alias.brussels' }, mail: null },
  { is: 'flanders', phone: null, page: { href: 'https://www.violett.be', read: 'violett.be' }, mail: null },
  { is: 'forced', phone: { dial: '+3278055800', read: '078 055 800' }, page: { href: 'https://www.stophumantrafficking.be', read: 'stophumantrafficking.be' }, mail: null }
]
