import type { Page } from './define-pages.ts'
import { authorisationPages } from './features/authorisations/routes.ts'
import { systemAuditPages } from './features/system-audit/routes.ts'
import { breakGlassPages } from './features/break-glass/routes.ts'
import { accountsPages } from './features/accounts/routes.ts'
import { accountPages } from './features/account/routes.ts'
import { concernPages } from './features/concern/routes.ts'
import { evaluationPages } from './features/evaluation/routes.ts'
import { exceptionPages } from './features/exceptions/routes.ts'
import { feedPages } from './features/feeds/routes.ts'
import { helpPages } from './features/help/routes.ts'
import { indicatorPages } from './features/indicators/routes.ts'
import { overviewPages } from './features/overview/routes.ts'
import { queuePages } from './features/queue/routes.ts'
import { rejectPages } from './features/rejects/routes.ts'
import { logPages } from './features/log/routes.ts'
import { lookUpPages } from './features/look-ups/routes.ts'
import { watchingPages } from './features/watching/routes.ts'
import { retentionPages } from './features/retention/routes.ts'
import { warningSignPages } from './features/warning-signs/routes.ts'
import { signInPages } from './features/sign-in/routes.ts'
import { tuningPages } from './features/tuning/routes.ts'
import { sweepPages } from './features/sweep/routes.ts'
import { keptFromPages } from './features/kept-from/routes.ts'
import { tipOffPages } from './features/tip-off/routes.ts'

/** Every page of the staff app. */
export const allPages: readonly Page[] = [
  ...signInPages,
  ...overviewPages,
  ...queuePages,
  ...concernPages,
  ...sweepPages,
  ...keptFromPages,
  ...tipOffPages,
  ...authorisationPages,
  ...systemAuditPages,
  ...feedPages,
  ...watchingPages,
  ...breakGlassPages,
  ...rejectPages,
  ...lookUpPages,
  ...logPages,
  ...indicatorPages,
  ...warningSignPages,
  ...tuningPages,
  ...evaluationPages,
  ...exceptionPages,
  ...retentionPages,
  ...accountsPages,
  ...accountPages,
  ...helpPages,
]
