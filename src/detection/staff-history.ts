import type { Lake } from '../lake/lake.ts'

/** A report of intelligence about a member of staff that nobody recorded as resolved. */
export type OpenReport = {
  /** As in the intelligence feed: improper_contact, sexual_conduct … */
  readonly category: string
  /** `YYYY-MM-DD` */
  readonly receivedOn: string
  readonly corroborated: boolean
}

/** All that is on record about a member of staff from before and beside any pair, however old. */
export type StaffHistory = {
  /** Oldest first. */
  readonly open: readonly OpenReport[]
  /** Reports recorded as resolved: counted, and no longer told. */
  readonly resolved: number
  readonly complaints: number
  /** Complaints without an outcome. */
  readonly openComplaints: number
}

/** Reads the whole history of a member of staff up to a day (`YYYY-MM-DD`), however old. */
export const readStaffHistory = async (lake: Lake, staffId: string, upTo: string): Promise<StaffHistory> => {
  const rows = await lake.kept<{
    about: 'report' | 'complaint'
    category: string
    received: string
    supported: number
    open: number
  }>(
    `select * from (
       select 'report' as about, toString(category) as category, toString(received_on) as received,
       toUInt8(coalesce(corroborated, false)) as supported,
       toUInt8(resolved_on is null or resolved_on > toDate32({upTo:String})) as open, report_id as id
     from upstander.intelligence where staff_id = {staff:String} and received_on <= toDate32({upTo:String})
     union all
     select 'complaint', '', toString(received_on), 0, toUInt8(resolved_on is null or resolved_on > toDate32({upTo:String})), ''
     from upstander.complaints where staff_id = {staff:String} and received_on <= toDate32({upTo:String})
     ) order by received, id`,
    { staff: staffId, upTo },
  )
  const reports = rows.filter(row => row.about === 'report')
  const complaints = rows.filter(row => row.about === 'complaint')
  return {
    open: reports
      .filter(each => each.open === 1)
      .map(each => ({
        category: each.category,
        receivedOn: each.received,
        corroborated: each.supported === 1,
      })),
    resolved: reports.filter(each => each.open === 0).length,
    complaints: complaints.length,
    openComplaints: complaints.filter(each => each.open === 1).length,
  }
}
