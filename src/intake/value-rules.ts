import type { FeedField } from './feeds.ts'
import { sqlList, sqlText } from './sql-text.ts'

/** How one column's text becomes a value of the contract's type: four SQL expressions over `r_<name>` and `v_<name>`. */
export type ValueRule = {
  /** The typed value; NULL (or '' for text) where there is none. Plain spellings take the fast way, odd ones the slow. */
  readonly value: string
  /** True when the text may stand. Cheap: it runs on every row. */
  readonly ok: string
  /** True when a value was accepted although written otherwise than the contract asks. */
  readonly noted: string
  /** What is wrong, as a sentence; '' when nothing is. Runs on bad rows alone. */
  readonly fault: string
}

/** Moments after which a date that is no plan cannot have happened yet, as SQL. */
export type Latest = { readonly moment: string; readonly day: string }

/** The rule of a column. */
export const valueRule = (field: FeedField, latest: Latest): ValueRule => {
  const raw = `r_${field.name}`
  const value = `v_${field.name}`
  switch (field.type) {
    case 'datetime':
      return timeRule(field, raw, value, latest)
    case 'date':
      return dayRule(field, raw, value, latest)
    case 'number':
    case 'integer':
      return numberRule(field, raw, value)
    case 'boolean':
      return booleanRule(field, raw, value)
    case 'string':
      return field.values ? listRule(field, field.values, raw, value) : textRule(field, raw, value)
  }
}

const empty = "'is empty, and every row needs it'"

const timeForm = '2025-01-31T18:05:00Z'

const timeRule = (field: FeedField, raw: string, value: string, latest: Latest): ValueRule => {
  const plain = `parseDateTimeOrNull(${raw}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`
  const zoned = String.raw`match(${raw}, '^\\s*(19[789]\\d|20\\d\\d)-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d([.]\\d+)?)?(Z|z|[+-]\\d\\d:?\\d\\d)\\s*$')`
  return {
    value: `if(isNotNull(${plain}), ${plain}, if(${zoned}, parseDateTimeBestEffortOrNull(upper(trimBoth(${raw})), 'UTC'), null))`,
    ok: mayBeEmpty(
      field,
      raw,
      `isNotNull(${value})${field.mayBeFuture ? '' : ` and ${value} <= ${latest.moment}`}`,
    ),
    noted: `isNotNull(${value}) and length(${raw}) != 20`,
    fault: String.raw`multiIf(${raw} = '', ${field.required ? empty : "''"},
      isNotNull(${value}), ${field.mayBeFuture ? "''" : `if(${value} <= ${latest.moment}, '', 'lies in the future')`},
      match(${raw}, '^\\s*\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d([.]\\d+)?)?\\s*$'),
        'has no time zone: times must be in UTC and say so with a Z, such as ${timeForm}',
      match(${raw}, '^\\d{4}-\\d\\d-\\d\\d$'), 'is a day without a time: write a time in UTC, such as ${timeForm}',
      match(${raw}, '^(2[1-9]|[3-9]\\d)\\d\\d-'), 'lies too far ahead: leave an open end empty',
      'is not a time: write it in UTC as ${timeForm}')`,
  }
}

const dayRule = (field: FeedField, raw: string, value: string, latest: Latest): ValueRule => {
  const real = (text: string): string =>
    `if(toString(toDate32OrNull(${text})) = ${text}, toDate32OrNull(${text}), null)`
  const plain = real(raw)
  const midnight = String.raw`match(${raw}, '^\\s*\\d{4}-\\d\\d-\\d\\d([T ]00:00(:00([.]0+)?)?Z?)?\\s*$')`
  return {
    value: `if(isNotNull(${plain}), ${plain}, if(${midnight}, ${real(`substring(trimBoth(${raw}), 1, 10)`)}, null))`,
    ok: mayBeEmpty(
      field,
      raw,
      `isNotNull(${value})${field.mayBeFuture ? '' : ` and ${value} <= ${latest.day}`}`,
    ),
    noted: `isNotNull(${value}) and length(${raw}) != 10`,
    fault: String.raw`multiIf(${raw} = '', ${field.required ? empty : "''"},
      isNotNull(${value}), ${field.mayBeFuture ? "''" : `if(${value} <= ${latest.day}, '', 'lies in the future')`},
      match(${raw}, '^(2[3-9]|[3-9]\\d)\\d\\d-'), 'lies too far ahead: leave an open end empty',
      'is not a day: write it as 2025-01-31')`,
  }
}

const numberRule = (field: FeedField, raw: string, value: string): ValueRule => {
  const whole = field.type === 'integer'
  const { minimum, maximum } = field
  const bounds = [
    ...(minimum === undefined ? [] : [`${value} >= ${minimum}`]),
    ...(maximum === undefined ? [] : [`${value} <= ${maximum}`]),
  ]
  const range = bounds.length > 0 ? ` and ${bounds.join(' and ')}` : ''
  const plain = whole ? `toInt64OrNull(${raw})` : `toFloat64OrNull(${raw})`
  // Tables saved by other software carry whole numbers as 3.0 when some are missing.
  const odd = whole
    ? String.raw`if(match(${raw}, '^\\s*-?\\d+([.]0+)?\\s*$'), toInt64OrNull(extract(${raw}, '-?\\d+')), null)`
    : `if(isFinite(toFloat64OrNull(trimBoth(${raw}))), toFloat64OrNull(trimBoth(${raw})), null)`
  const fits = whole ? `isNotNull(${plain})` : `isFinite(${plain})`
  return {
    value: `if(${fits}, ${plain}, ${odd})`,
    ok: mayBeEmpty(field, raw, `isNotNull(${value})${range}`),
    noted: `isNotNull(${value}) and not ${fits}`,
    fault: String.raw`multiIf(${raw} = '', ${field.required ? empty : "''"},
      isNotNull(${value}), ${bounds.length > 0 ? `if(${bounds.join(' and ')}, '', 'lies outside ${minimum ?? 'any'} to ${maximum ?? 'any'}')` : "''"},
      match(${raw}, '^\\s*-?\\d{1,3}(,\\d{3})+([.]\\d+)?\\s*$'),
        concat('has a thousands comma: write ', replaceAll(trimBoth(${raw}), ',', '')),
      match(${raw}, '^\\s*-?\\d+,\\d+\\s*$'),
        concat('has a decimal comma: write ', replaceAll(trimBoth(${raw}), ',', '.')),
      'is not a ${whole ? 'whole ' : ''}number')`,
  }
}

const booleanRule = (field: FeedField, raw: string, value: string): ValueRule => {
  const plain = `${raw} in ('true', 'false', '1', '0', 'True', 'False', 'TRUE', 'FALSE')`
  const word = `lower(trimBoth(${raw}))`
  return {
    value: `CAST(if(${raw} in ('true', '1', 'True', 'TRUE'), 1, if(${raw} in ('false', '0', 'False', 'FALSE'), 0,
      if(${word} in ('true', 'yes', 'y', 't', '1'), 1, if(${word} in ('false', 'no', 'n', 'f', '0'), 0, null)))), 'Nullable(Bool)')`,
    ok: mayBeEmpty(field, raw, `isNotNull(${value})`),
    noted: `isNotNull(${value}) and not (${plain})`,
    fault: `multiIf(${raw} = '', ${field.required ? empty : "''"}, isNotNull(${value}), '', 'is neither true nor false')`,
  }
}

const listRule = (field: FeedField, values: readonly string[], raw: string, value: string): ValueRule => {
  const simplified = values.map(text => text.toLowerCase())
  const word = String.raw`lower(replaceRegexpAll(trimBoth(${raw}), '[\\s-]+', '_'))`
  return {
    value: `if(${raw} in (${sqlList(values)}), ${raw},
      if(${raw} = '', '', transform(${word}, [${sqlList(simplified)}], [${sqlList(values)}], '')))`,
    ok: mayBeEmpty(field, raw, `${value} != ''`),
    noted: `${value} != '' and ${value} != ${raw}`,
    fault: `multiIf(${raw} = '', ${field.required ? empty : "''"}, ${value} != '', '',
      concat('is not one of the values allowed. The nearest is ',
        arraySort(x -> editDistanceUTF8(x, ${word}), [${sqlList(values)}])[1], ${sqlText(`; they are ${values.join(', ')}`)}))`,
  }
}

const textRule = (field: FeedField, raw: string, value: string): ValueRule => ({
  // What people wrote is evidence and stays as it is; a key with a space before it would join to nothing.
  value:
    field.name === 'text'
      ? raw
      : field.countryCode === undefined
        ? `trimBoth(${raw})`
        : telephone(raw, field.countryCode),
  ok: field.required ? `${value} != ''` : '1',
  noted: field.name === 'text' ? '0' : `${value} != ${raw}`,
  fault: field.required ? `if(${value} = '', ${empty}, '')` : "''",
})

/** A number as E.164. What is neither international nor national (a short code, a mailbox, a word) stays as it is. */
const telephone = (raw: string, countryCode: string): string => {
  const digits = String.raw`replaceRegexpAll(${raw}, '[\\s().-]', '')`
  return String.raw`if(startsWith(${raw}, '+') and not match(${raw}, '[^+\\d]'), ${raw}, multiIf(
    not match(${raw}, '^[\\d\\s().+-]+$'), trimBoth(${raw}),
    match(${digits}, '^([+]|00)${countryCode}0\\d{9,10}$'), concat('+${countryCode}', extract(${digits}, '^(?:[+]|00)${countryCode}0(\\d+)$')),
    match(${digits}, '^[+]\\d{7,15}$'), ${digits},
    match(${digits}, '^00[1-9]\\d{6,14}$'), concat('+', substring(${digits}, 3)),
    match(${digits}, '^0[1-9]\\d{8,9}$'), concat('+${countryCode}', substring(${digits}, 2)),
    trimBoth(${raw})))`
}

const mayBeEmpty = (field: FeedField, raw: string, otherwise: string): string =>
  field.required ? `ifNull(${otherwise}, 0)` : `(${raw} = '' or ifNull(${otherwise}, 0))`
