/** "Chrome, Android": for her own list of devices. */
const BROWSERS = [['Firefox/', 'Firefox'], ['Edg/', 'Edge'], ['SamsungBrowser/', 'Samsung Internet'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']] as const
const SYSTEMS = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'Mac'], ['Linux', 'Linux']] as const

export function deviceName (agent: string = navigator.userAgent): string {
  const find = (of: readonly (readonly [string, string])[]): string => of.find(([mark]) => agent.includes(mark))?.[1] ?? '?'
  return `${find(BROWSERS)}, ${find(SYSTEMS)}`
}
