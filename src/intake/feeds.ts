import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { AppError, messageOf } from '../core/errors.ts'
import { once } from '../core/once.ts'
import { projectRoot } from '../core/project-root.ts'

const fieldSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  type: z.enum(['string', 'date', 'datetime', 'number', 'integer', 'boolean']),
  description: z.string().default(''),
  constraints: z
    .object({
      required: z.boolean().default(false),
      enum: z.array(z.string().regex(/^[A-Za-z0-9_]+$/)).optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
    })
    .default({ required: false }),
})

const contractSchema = z.object({
  resources: z.array(
    z.object({
      name: z.string().regex(/^[a-z][a-z0-9_]*$/),
      description: z.string().default(''),
      schema: z.object({ fields: z.array(fieldSchema).min(2), primaryKey: z.array(z.string()).min(1) }),
    }),
  ),
})

const policySchema = z.object({
  bases: z.record(z.string(), z.string()),
  notices: z.record(z.string(), z.string()),
  home_area: z.object({
    lat: z.tuple([z.number(), z.number()]),
    lon: z.tuple([z.number(), z.number()]),
  }),
  telephone_columns: z.array(z.string()),
  country_code: z.string().regex(/^[1-9]\d{0,2}$/),
  feeds: z.record(
    z.string(),
    z.object({
      event_time: z.string(),
      tie: z.enum(['staff_id', 'device', 'unit', 'none']),
      may_be_future: z.array(z.string()),
      usual_gap_hours: z.number().positive().optional(),
      lasts: z.boolean().default(false),
      owner: z.string(),
      basis: z.string(),
      retention_days: z.number().int().positive(),
    }),
  ),
})

/** A column of a feed, as the record contract words it. */
export type FeedField = {
  readonly name: string
  readonly type: 'string' | 'date' | 'datetime' | 'number' | 'integer' | 'boolean'
  readonly description: string
  readonly required: boolean
  /** The only values allowed. */
  readonly values: readonly string[] | undefined
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  /** A plan, expiry or due date: may lie ahead of now. */
  readonly mayBeFuture: boolean
  /** Holds a telephone number: the country code that a number in national form lacks. */
  readonly countryCode: string | undefined
}

/** One kind of record a force can supply. */
export type Feed = {
  readonly name: string
  readonly description: string
  readonly fields: readonly FeedField[]
  readonly primaryKey: readonly string[]
  /** The column that says when a row happened; undefined where a row describes something that lasts. */
  readonly eventTime: FeedField | undefined
  /** How a row is tied to a member of staff. */
  readonly tie: 'staff_id' | 'device' | 'unit' | 'none'
  /** Longest ordinary pause between days with rows; measured from the rows when undefined. */
  readonly usualGapHours: number | undefined
  /** A row describes something that lasts: the newest beginning does not say whether the feed still arrives. */
  readonly lasts: boolean
  readonly owner: string
  /** Proposed lawful basis: its id, and in words. */
  readonly basis: string
  readonly lawfulBasis: string
  /** Id of the notice to staff that the basis calls for. */
  readonly notice: string
  readonly retentionDays: number
}

/** The contract and the policy of every feed. */
export type FeedBook = {
  readonly feeds: readonly Feed[]
  /** Every lawful basis, in words, by its id, and the id of the notice that it calls for. */
  readonly bases: Readonly<Record<string, string>>
  readonly notices: Readonly<Record<string, string>>
  /** Coordinates inside it are not swapped; mirrored into it they are. Degrees, [lowest, highest]. */
  readonly homeArea: { readonly lat: readonly [number, number]; readonly lon: readonly [number, number] }
}

/**
 * Reads the record contract and the policy of every feed from `content/feeds/`, once, and checks that they agree.
 * @throws AppError CONTENT_INVALID
 */
export const readFeeds: () => FeedBook = once(() => readFeedsOf(join(projectRoot, 'content', 'feeds')))

/** As `readFeeds`, of another folder. */
export const readFeedsOf = (folder: string): FeedBook => {
  const contract = check(contractSchema, folder, 'datapackage.json', JSON.parse)
  const policy = check(policySchema, folder, 'feeds.yaml', parse)
  const known = new Set(contract.resources.map(resource => resource.name))
  const stray = Object.keys(policy.feeds).find(name => !known.has(name))
  if (stray !== undefined) throw invalid('feeds.yaml', `there is no feed "${stray}" in datapackage.json`)
  const feeds = contract.resources.map(resource => {
    const own = policy.feeds[resource.name]
    if (!own) throw invalid('feeds.yaml', `the feed "${resource.name}" is missing`)
    const basis = policy.bases[own.basis]
    if (basis === undefined) throw invalid('feeds.yaml', `${resource.name}: there is no basis "${own.basis}"`)
    const notice = policy.notices[own.basis]
    if (notice === undefined) throw invalid('feeds.yaml', `the basis "${own.basis}" calls for no notice`)
    const names = resource.schema.fields.map(field => field.name)
    const timed = own.event_time === 'none' ? [] : [own.event_time]
    const absent = [...resource.schema.primaryKey, ...own.may_be_future, ...timed].find(
      name => !names.includes(name),
    )
    if (absent !== undefined) throw invalid('feeds.yaml', `${resource.name} has no column "${absent}"`)
    const fields = resource.schema.fields.map(field => ({
      name: field.name,
      type: field.type,
      description: field.description,
      required: field.constraints.required,
      values: field.constraints.enum,
      minimum: field.constraints.minimum,
      maximum: field.constraints.maximum,
      mayBeFuture: own.may_be_future.includes(field.name),
      countryCode: policy.telephone_columns.includes(field.name) ? policy.country_code : undefined,
    }))
    return {
      name: resource.name,
      description: resource.description,
      fields,
      primaryKey: resource.schema.primaryKey,
      eventTime: fields.find(field => field.name === own.event_time),
      tie: own.tie,
      usualGapHours: own.usual_gap_hours,
      lasts: own.lasts,
      owner: own.owner,
      basis: own.basis,
      lawfulBasis: basis,
      notice,
      retentionDays: own.retention_days,
    }
  })
  return { feeds, bases: policy.bases, notices: policy.notices, homeArea: policy.home_area }
}

const check = <T>(schema: z.ZodType<T>, folder: string, file: string, read: (text: string) => unknown): T => {
  try {
    return schema.parse(read(readFileSync(join(folder, file), 'utf8')))
  } catch (cause) {
    const fault = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause)
    throw invalid(file, fault, cause)
  }
}

const invalid = (file: string, fault: string, cause?: unknown): AppError =>
  new AppError('CONTENT_INVALID', `content/feeds/${file} is wrong: ${fault}. Mend it and start again.`, {
    cause,
  })
