import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../core/project-root.ts'
import type { Lake } from '../lake/lake.ts'

/** One known answer set against ours. */
export type CheckRow = {
  /** What is compared, such as "percent nocturnal, calls". */
  readonly name: string
  /** The known answer, as its source gives it. */
  readonly expected: string
  /** Ours. */
  readonly got: string
  /** True where they agree, or where `cause` says why they rightly differ. */
  readonly ok: boolean
  /** Why the two differ: whose rule is which. Left out where they agree. */
  readonly cause?: string
}

/** What a check works with: a lake of its own to fill, and the folder of its data set. */
export type CheckDeps = { readonly lake: Lake; readonly folder: string }

/** A public data set with known answers. */
export type RealDataCheck = {
  /** Folder under the data sets' folder, such as `bandicoot`. */
  readonly dataSet: string
  /** What it proves, in a sentence. */
  readonly proves: string
  readonly run: (deps: CheckDeps) => Promise<CheckRow[]>
}

/** Where the data sets lie unless a person says otherwise: beside the project's own folder. */
export const defaultDataSetsDir: string = join(projectRoot, '..', 'shared', 'data')

/** The folder of one data set, or undefined where it is not there. */
export const dataSetFolder = (dataSet: string, dir: string = defaultDataSetsDir): string | undefined => {
  const folder = join(dir, dataSet)
  return existsSync(folder) && statSync(folder).isDirectory() ? folder : undefined
}

/** The plain line to print where a data set is missing. */
export const absentSentence = (dataSet: string, dir: string = defaultDataSetsDir): string =>
  `Not checked: the data set ${dataSet} is not in ${dir}.`
