import { maskPerson, type MaskWith } from '../../../access/mask.ts'
import { scrubWords } from '../../../access/scrub-words.ts'
import type { Authorisation } from '../../../concerns/authorisation.ts'
import type { Concern } from '../../../concerns/concern.ts'
import type { AuditedAccess, SystemAudit } from '../../../detection/system-audit.ts'
import { countWords, dayWords, momentWords } from '../../../ui/words.ts'
import { pagesView } from '../../pages-view.ts'
import { fillPath, paths } from '../../paths.ts'
import { capital } from '../../../core/capital.ts'

/** Look-ups on one page. */
export const accessesPerPage = 100

type Shown = {
  readonly concern: Pick<Concern, 'ref' | 'staff' | 'pair' | 'person'>
  /** The authorisations in force. */
  readonly held: readonly Authorisation[]
  readonly page: number
  readonly mask: MaskWith
  /** The one it is read under, and what the records hold; absent where none is in force. */
  readonly under?: Authorisation
  readonly audit?: SystemAudit
}

/** Every look-up within the scope of an authorisation, with whom it concerned masked; or that there is no authorisation. */
export const systemAuditView = (shown: Shown) => {
  const { concern, held, page, under, audit } = shown
  const { ref } = concern
  const href = fillPath(paths.systemAudit, { ref })
  return {
    title: `System audit: concern ${ref}`,
    ref,
    concernHref: fillPath(paths.concern, { ref }),
    askHref: `${fillPath(paths.concernAuthorisations, { ref })}?for=system_audit`,
    staff: concern.staff,
    others: held
      .filter(each => each.ref !== under?.ref)
      .map(each => ({
        words: `Read under ${each.ref}: ${dayWords(each.fromOn)} to ${dayWords(each.toOn)}`,
        href: `${href}?under=${each.ref}`,
      })),
    audit:
      under === undefined || audit === undefined
        ? undefined
        : {
            scope: `Under authorisation ${under.ref}: records of ${dayWords(under.fromOn)} to ${dayWords(under.toOn)}, until ${momentWords(under.answered?.granted?.expiresAt)}.`,
            counts: `${countWords(audit.total, 'look-up')}: ${countWords(audit.explained, 'has', 'have')} a recorded reason, ${countWords(audit.away, 'was', 'were')} made off duty or while absent.`,
            rows: audit.rows.map(row => rowOf(row, shown)),
            pages: pagesView({
              total: audit.total,
              page,
              perPage: accessesPerPage,
              href: number => `${href}?under=${under.ref}&page=${number}`,
            }),
          },
  }
}

const rowOf = (row: AuditedAccess, { concern, mask }: Shown) => {
  const { staffId, personId } = concern.pair
  const subject =
    row.subjectId === ''
      ? 'Search without a subject'
      : row.subjectId === personId
        ? capital(concern.person)
        : `${capital(row.subjectKind)} ${maskPerson(mask, row.subjectId)}`
  const labels = new Map([
    [staffId, concern.staff],
    [row.subjectId, subject],
    [personId, concern.person],
  ])
  return {
    at: row.at,
    what: `${capital(row.action.replaceAll('_', ' '))}, ${row.system}${row.remote ? ', from a remote device' : ''}`,
    subject,
    people: row.people > 1 ? `concerns ${row.people} people` : '',
    reason: scrubWords(row.reason, labels),
    quoted: row.quoted ? 'A reference was quoted' : '',
    because: row.because === '' ? '' : capital(row.because.replaceAll('_', ' ')),
    duty: dutyWords[row.dutyState] ?? 'Duty not known',
    away: row.dutyState === 'off' || row.dutyState === 'absent',
  }
}

const dutyWords: Readonly<Record<string, string>> = {
  on_duty: 'On duty',
  on_call: 'On call',
  off: 'Off duty',
  absent: 'Absent',
}
