/** A QR as an SVG of one path: nothing is loaded, nothing is inline markup. */
import encodeQR from 'qr'

export function QrShown ({ text, label }: { readonly text: string, readonly label: string }) {
  const rows = encodeQR(text, 'raw', { border: 2 })
  const path = rows.flatMap((row, y) => row.map((dark, x) => dark ? `M${x} ${y}h1v1h-1z` : '')).join('')
  return <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${rows.length} ${rows.length}`} shape-rendering="crispEdges"><rect class="qr-paper" width="100%" height="100%" /><path class="qr-ink" d={path} /></svg>
}
