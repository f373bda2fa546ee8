import { fewestReviews, isBrokenFor, promiseDays, type TrackRecord } from '../../../tuning/track-record.ts'
import { countWords, versionWords } from '../../../ui/words.ts'
import { coarseWords } from '../../../core/coarse-count.ts'

/**
 * How an indicator did when people looked at what it raised, and against what was promised of it.
 * @param exact whether the reader reads concerns; another is told shares and fives, so that no single decision shows
 */
export const trackRecordView = (record: TrackRecord, exact: boolean) =>
  exact ? exactView(record) : coarseView(record)

const coarseView = (record: TrackRecord): ReturnType<typeof exactView> => {
  const { precision, promise, falseAlerts, allowed } = record
  const broken = isBrokenFor(record, false)
  return {
    precision:
      precision === undefined
        ? `Fewer than ${fewestReviews} reviews that rest on it were decided: too few to say how often it is right.`
        : `About ${Math.round(precision * 10)} in 10 of the reviews that rest on it were developed; the others were explained.`,
    apart: '',
    broken,
    promise: `${coarseWords(falseAlerts)} false alerts in the last ${promiseDays} days of the records, where the promise allows ${allowed.toFixed(1)}: at most ${promise.false_alerts_per_1000_staff_a_month} per 1,000 staff a month.`,
    state: broken ? brokenWords : '',
    reason: promise.reason,
    versions: [],
  }
}

const brokenWords = 'Broken: so many would come by bad luck less than once in twenty times.'

const exactView = (record: TrackRecord) => {
  const { developed, explained, cannotTell, watching, precision, promise, falseAlerts, allowed } = record
  const decided = developed + explained
  return {
    precision:
      decided === 0
        ? 'Nobody has decided a review that rests on it.'
        : precision === undefined
          ? `${developed} of ${countWords(decided, 'decided review')} ${developed === 1 ? 'was' : 'were'} developed. Fewer than ${fewestReviews} is too few to say how often it is right.`
          : `About ${Math.round(precision * 10)} in 10 were developed: ${developed} of ${decided} reviews that rest on it; the others were explained.`,
    apart:
      cannotTell + watching === 0
        ? ''
        : `Left out: ${cannotTell} where nobody could tell, and ${watching} still watched.`,
    broken: record.broken,
    promise: `${countWords(falseAlerts, 'false alert')} in the last ${promiseDays} days of the records, where the promise allows ${allowed.toFixed(1)}: at most ${promise.false_alerts_per_1000_staff_a_month} per 1,000 staff a month.`,
    state: record.broken
      ? brokenWords
      : falseAlerts > allowed
        ? 'More than promised, and bad luck could still explain it.'
        : 'Kept.',
    reason: promise.reason,
    versions: record.versions.map(each => ({
      version: versionWords(each.version, each.edition),
      developed: each.developed,
      explained: each.explained,
      cannotTell: each.cannotTell,
      watching: each.watching,
    })),
  }
}
