import { bandicootCheck } from './bandicoot.ts'
import type { RealDataCheck } from './check.ts'
import { geolifeCheck } from './geolife.ts'
import { limerickCheck } from './limerick.ts'
import { movingPandasCheck } from './movingpandas.ts'
import { philadelphiaCheck } from './philadelphia.ts'
import { smsSpamCheck } from './sms-spam.ts'

/** Every public data set the product is held against. */
export const realDataChecks: readonly RealDataCheck[] = [
  bandicootCheck,
  geolifeCheck,
  limerickCheck,
  movingPandasCheck,
  philadelphiaCheck,
  smsSpamCheck,
]
