/** A live socket that dies and looks open: nothing comes, nothing goes, and neither side is told that it ended. */
import type { Page, WebSocketRoute } from 'playwright-core'

export type Line = { dead: boolean }

/** Of the sockets that this page opens from now on. */
export async function lineOf (page: Page): Promise<Line> {
  const line: Line = { dead: false }
  await page.routeWebSocket(/\/api\/v1\/live/, (socket: WebSocketRoute) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => { if (!line.dead) server.send(message) })
    server.onMessage((message) => { if (!line.dead) socket.send(message) })
    socket.onClose((code, reason) => { if (!line.dead) void server.close({ code: code ?? 1000, reason: reason ?? '' }) })
    server.onClose((code, reason) => { if (!line.dead) void socket.close({ code: code ?? 1000, reason: reason ?? '' }) })
  })
  return line
}
