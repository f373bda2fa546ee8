import { readInnocentExplanations } from '../concerns/innocent-explanations.ts'
import { readCredits } from '../detection/credits.ts'
import { readExplanations } from '../detection/explanations.ts'
import { readIndicators } from '../detection/indicators.ts'
import { readMatrix } from '../detection/matrix.ts'
import { readWarningSigns } from '../detection/warning-signs.ts'
import { readPatterns } from '../detection/patterns.ts'
import { contentFingerprint } from '../evaluation/content-fingerprint.ts'
import { shippedEvaluations } from '../evaluation/shipped-evaluations.ts'

/** The content that pages draw on, read once for a running app: it changes only with a new version of the product. */
export const readWebContent = () => ({
  matrix: readMatrix(),
  indicators: readIndicators(),
  credits: readCredits(),
  explanationBook: readExplanations(readCredits()),
  warningSigns: readWarningSigns(),
  patterns: readPatterns(),
  innocentExplanations: readInnocentExplanations(),
  /** What came with the product of how well detection works, and the content that runs now to compare it with. */
  measured: { shipped: shippedEvaluations(), content: contentFingerprint() },
})

export type WebContent = ReturnType<typeof readWebContent>
