import { bandOf, type Matrix } from '../../../detection/matrix.ts'
import { risingDays, risingPoints, type ExceptedPair } from '../../../detection/unexcepted.ts'
import { scrubWords } from '../../../access/scrub-words.ts'
import { labelPair } from '../../../concerns/labels.ts'
import type { MaskWith } from '../../../access/mask.ts'
import type { StoredException } from '../../../tuning/exception-store.ts'
import { countWords, dayWords } from '../../../ui/words.ts'
import { fillPath, paths } from '../../paths.ts'
import { capital } from '../../../core/capital.ts'

type Listed = {
  readonly exceptions: readonly StoredException[]
  readonly pairs: readonly ExceptedPair[]
  readonly matrix: Matrix
  readonly mask: MaskWith
  /** `YYYY-MM-DD`. */
  readonly today: string
}

/** Every exception: what it covers, who answers for it, what it set aside, and whether that hides a rising pattern. */
export const exceptionsView = ({ exceptions, pairs, matrix, mask, today }: Listed) => {
  const rows = exceptions.map(each => exceptionRow(each, pairs, matrix, mask, today))
  return {
    title: 'Exceptions',
    newHref: paths.newException,
    risingWords: `Rising means: without exceptions a pair would stand at watch or above now, and at least ${risingPoints} points higher than ${risingDays} days earlier, which doubles the odds.`,
    rising: rows.filter(row => row.rising.length > 0).length,
    rows: rows.filter(row => row.open),
    past: rows.filter(row => !row.open),
  }
}

const exceptionRow = (
  exception: StoredException,
  pairs: readonly ExceptedPair[],
  matrix: Matrix,
  mask: MaskWith,
  today: string,
) => {
  const own = pairs.filter(each => each.exception === exception.id)
  const findings = own.reduce((sum, each) => sum + each.findings, 0)
  const lately = own.reduce((sum, each) => sum + each.lately, 0)
  const open = !exception.withdrawn && exception.untilOn >= today
  const name = (pair: ExceptedPair): string => {
    const { staff, person } = labelPair(mask, pair, false)
    return person === '' ? `${staff} alone` : `${staff} and ${person}`
  }
  return {
    id: exception.id,
    what: whatWords(exception, mask),
    concernHref: exception.concernRef === '' ? '' : fillPath(paths.concern, { ref: exception.concernRef }),
    concernRef: exception.concernRef,
    reason: scrubWords(exception.reason),
    owner: exception.ownerName,
    days: `${dayWords(exception.fromOn)} to ${dayWords(exception.untilOn)}`,
    made: `${exception.madeByName}, ${dayWords(exception.madeAt)}`,
    ended: exception.withdrawn
      ? `Withdrawn by ${exception.endedByName}`
      : exception.endedAt !== undefined
        ? `Ended by ${exception.endedByName}`
        : open
          ? ''
          : 'Ran out',
    open,
    setAside:
      findings === 0
        ? 'Nothing so far'
        : `${countWords(findings, 'finding')} about ${countWords(own.length, 'pair')}, ${lately} in the last ${risingDays} days`,
    rising: own
      .filter(each => each.rising)
      .map(
        each =>
          `${name(each)} would stand at ${bandOf(matrix, each.pointsNow)} (${each.pointsNow.toFixed(1)} points), ${(each.pointsNow - each.pointsBefore).toFixed(1)} more than ${risingDays} days earlier.`,
      ),
    end: open ? fillPath(paths.endException, { exception: exception.id }) : '',
  }
}

/** What an exception covers, without naming anybody. */
const whatWords = ({ covers }: StoredException, mask: MaskWith): string => {
  switch (covers.kind) {
    case 'pair': {
      const { staff, person } = labelPair(mask, covers, false)
      return person === '' ? `${staff} alone` : `${staff} and ${person}`
    }
    case 'plan':
      return `Assignment ${covers.assignmentId}`
    case 'address':
      return `A place near ${covers.lat.toFixed(2)}, ${covers.lon.toFixed(2)}`
    case 'number':
      return capital(labelPair(mask, { staffId: '', personId: covers.number }, false).person)
  }
}
