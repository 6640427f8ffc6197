/** All resources, in one list. */
import { alarmRoutes } from './alarms.ts'
import { alertRoutes } from './alerts.ts'
import type { App } from './app.ts'
import { checkInRoutes } from './check-in.ts'
import { circleRoutes } from './circle.ts'
import { consentRoutes, contactRoutes } from './contacts.ts'
import { endpointRoutes } from './endpoints.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { historyRoutes } from './history.ts'
import { inviteRoutes } from './invites.ts'
import { joinRoutes, recoverRoutes } from './join.ts'
import { journalRoutes } from './journal.ts'
import { liveRoutes } from './live.ts'
import { offerRoutes } from './offers.ts'
import { openApiRoutes } from './openapi.ts'
import { ownDataRoutes } from './own-data.ts'
import { pageRoutes } from './pages.ts'
import { pairingRoutes } from './pairing.ts'
import { readinessRoutes } from './readiness.ts'
import type { RouteParts } from './parts.ts'
import { placeRoutes } from './places.ts'
import { pressRoutes } from './press.ts'
import { responderRoutes } from './responders.ts'
import { selfRoutes, shortcutRoutes } from './self.ts'
import { rotaRoutes } from './rota.ts'
import { sessionRoutes } from './sessions.ts'
import { shiftRoutes } from './shifts.ts'
import { standingRoutes } from './standing.ts'
import { statisticsRoutes } from './statistics.ts'
import { studyRoutes } from './studies.ts'

export function registerRoutes (app: App, parts: RouteParts): void {
  healthRoutes(app, parts.health)
  openApiRoutes(app)
  inviteRoutes(app, parts)
  joinRoutes(app, parts)
  recoverRoutes(app, parts)
  sessionRoutes(app, parts)
  selfRoutes(app, parts)
  responderRoutes(app, parts)
  shortcutRoutes(app, parts)
  journalRoutes(app, parts)
  historyRoutes(app, parts)
  ownDataRoutes(app, parts)
  placeRoutes(app, parts)
  circleRoutes(app, parts)
  contactRoutes(app, parts)
  consentRoutes(app, parts)
  pairingRoutes(app, parts)
  offerRoutes(app, parts)
  rotaRoutes(app, parts)
  standingRoutes(app, parts)
  endpointRoutes(app, parts)
  homeRoutes(app, parts)
  checkInRoutes(app, parts)
  shiftRoutes(app, parts)
  readinessRoutes(app, parts)
  pressRoutes(app, parts)
  alarmRoutes(app, parts)
  alertRoutes(app, parts)
  statisticsRoutes(app, parts)
  studyRoutes(app, parts)
  liveRoutes(app, parts)
  pageRoutes(app, parts)
}
