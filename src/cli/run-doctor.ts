import { statfsSync } from 'node:fs'
import type { Command } from 'commander'
import { openCaseworkStore } from '../casework-store/casework-store.ts'
import { takeDataFolder } from '../core/data-folder.ts'
import { AppError, messageOf } from '../core/errors.ts'
import { maskSettings, type Settings } from '../core/settings.ts'
import { readCredits } from '../detection/credits.ts'
import { readFacts } from '../detection/facts.ts'
import { readIndicators } from '../detection/indicators.ts'
import { lexiconParameters } from '../detection/lexicon.ts'
import { readMatrix } from '../detection/matrix.ts'
import { lastRun } from '../detection/runs.ts'
import { readFeeds } from '../intake/feeds.ts'
import { openLake } from '../lake/lake.ts'
import { recoverAndPrepare } from './prepare-lake.ts'
import { noRegisterCopy } from './no-register-copy.ts'
import { settingsFor } from './with-data.ts'

type Check = {
  readonly name: string
  readonly ok: boolean
  /** Works, and is to be mended all the same. */
  readonly warns?: boolean
  readonly says: string
}

/** Does what `upstander doctor` asks for. */
export const runDoctor = async (options: { json?: boolean }, command: Command): Promise<void> => {
  const settings = settingsFor(command)
  const checks = await examine(settings)
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ settings: maskSettings(settings), checks })}\n`)
  } else {
    const set = Object.entries(maskSettings(settings)).map(
      ([name, value]) => `  ${name.padEnd(14)} ${value}\n`,
    )
    const found = checks.map(
      check =>
        `  ${check.ok ? (check.warns === true ? 'WARNS' : 'works') : 'FAILS'}  ${check.name}: ${check.says}\n`,
    )
    process.stdout.write(`Settings\n${set.join('')}\nChecks\n${found.join('')}`)
  }
  const failed = checks.filter(check => !check.ok).length
  if (failed > 0)
    throw new AppError('CHECK_FAILED', `${failed} of ${checks.length} checks failed: see above.`)
}

const examine = async (settings: Settings): Promise<Check[]> => {
  const checks = [
    await check('runtime', () => `Node ${process.version}`),
    await check('content', describeContent),
  ]
  let release: () => void = () => undefined
  const folder = await check('data folder', () => {
    release = takeDataFolder(settings.dataDir, 'doctor').release
    const { bavail, bsize } = statfsSync(settings.dataDir)
    return `${settings.dataDir}, ${((bavail * bsize) / 1e9).toFixed(0)} GB free`
  })
  checks.push(folder)
  if (folder.ok) {
    checks.push(await check('lake', () => describeLake(settings)))
    checks.push(await check('casework store', () => describeCasework(settings)))
  }
  checks.push(describeRegister(settings))
  release()
  return checks
}

/** Where what was destroyed is written down. */
const describeRegister = ({ registerCopy }: Settings): Check =>
  registerCopy === undefined
    ? { name: 'register of erasures', ok: true, warns: true, says: noRegisterCopy }
    : { name: 'register of erasures', ok: true, says: `a copy is kept in ${registerCopy}` }

const check = async (name: string, work: () => string | Promise<string>): Promise<Check> => {
  try {
    return { name, ok: true, says: await work() }
  } catch (thrown) {
    return { name, ok: false, says: messageOf(thrown) }
  }
}

const describeContent = (): string => {
  readMatrix()
  const counts = [
    `${readFeeds().feeds.length} feeds`,
    `${readFacts().facts.length} facts`,
    `${readIndicators().length} indicators`,
    `${readCredits().length} credits`,
    `${lexiconParameters().patterns.length} language patterns`,
  ]
  return counts.join(', ')
}

const describeLake = async (settings: Settings): Promise<string> => {
  const lake = await openLake(settings)
  try {
    await recoverAndPrepare(lake)
    const [row] = await lake.rows<{ version: string; batches: number }>(
      'select version() as version, (select count() from upstander.batches) as batches',
    )
    const run = await lastRun(lake)
    const detected =
      run === undefined
        ? 'never detected'
        : `last detection ${run.ended ? run.endedAt : 'did not end: the next one builds everything again'}`
    return `${lake.mode}, ClickHouse ${row?.version ?? '?'}, ${row?.batches ?? 0} files taken in, ${detected}`
  } finally {
    await lake.close()
  }
}

const describeCasework = async (settings: Settings): Promise<string> => {
  const store = await openCaseworkStore(settings)
  try {
    const concerns = await store.db
      .selectFrom('concerns')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirst()
    return `${store.mode}, ${concerns?.n ?? 0} concerns`
  } finally {
    await store.close()
  }
}
