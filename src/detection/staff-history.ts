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
  const given = { staff: staffId, upTo }
  const reports = await lake.rows<{
    category: string
    received: string
    supported: number
    open: number
  }>(
    `select toString(category) as category, toString(received_on) as received, toUInt8(coalesce(corroborated, false)) as supported,
       toUInt8(resolved_on is null or resolved_on > toDate32({upTo:String})) as open
     from upstander.intelligence where staff_id = {staff:String} and received_on <= toDate32({upTo:String})
     order by received_on, report_id`,
    given,
  )
  const [complaints] = await lake.rows<{ all: number; open: number }>(
    `select count() as all, countIf(resolved_on is null or resolved_on > toDate32({upTo:String})) as open
     from upstander.complaints where staff_id = {staff:String} and received_on <= toDate32({upTo:String})`,
    given,
  )
  return {
    open: reports
      .filter(each => each.open === 1)
      .map(each => ({
        category: each.category,
        receivedOn: each.received,
        corroborated: each.supported === 1,
      })),
    resolved: reports.filter(each => each.open === 0).length,
    complaints: complaints?.all ?? 0,
    openComplaints: complaints?.open ?? 0,
  }
}
