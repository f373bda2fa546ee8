import type { Lake } from '../lake/lake.ts'

/** One access of a records system by the member of staff who is audited. */
export type AuditedAccess = {
  /** `system_access:key` */
  readonly recordId: string
  /** ISO, UTC. */
  readonly at: string
  readonly system: string
  readonly action: string
  /** What was opened: person, address, number, vehicle, incident, investigation, or criteria for a search without a subject. */
  readonly subjectKind: string
  /** As the records have it: mask before showing. */
  readonly subjectId: string
  readonly quoted: boolean
  readonly remote: boolean
  /** As in the contacts; '' where it concerns nobody in the records. */
  readonly dutyState: string
  /** What was typed as the reason; may be empty. */
  readonly reason: string
  /** The kind of record that explains it for everybody it concerns; '' where one of them has none. */
  readonly because: string
  /** How many people it concerns, directly or through what was opened. */
  readonly people: number
}

export type SystemAudit = {
  readonly total: number
  /** Of these, with a record that explains them for everybody they concern. */
  readonly explained: number
  /** Made off duty or while absent. */
  readonly away: number
  /** Newest first. */
  readonly rows: readonly AuditedAccess[]
}

type Row = {
  record_id: string
  happened: string
  system: string
  action: string
  subject_kind: string
  subject_id: string
  quoted: number
  remote: number
  duty_state: string
  reason: string
  because: string
  people: number
}

const judged = `
  select a.access_id as access_id, a.at as at, toString(a.system) as system, toString(a.action) as action, toString(a.subject_kind) as subject_kind,
    coalesce(a.subject_id, '') as subject_id, coalesce(a.reference, '') != '' as quoted, a.remote = true as remote, coalesce(a.reason, '') as reason,
    toString(l.duty_state) as duty_state, l.people as people, if(l.people > 0 and l.loose = 0, toString(l.because), '') as because
  from upstander.system_access a
  left join (
    select l.record_id as record_id, any(l.duty_state) as duty_state, uniqExact(l.person_id) as people, countIf(not p.explained) as loose, anyIf(p.because, p.explained) as because
    from upstander.lookups l
    left join (select record_id, person_id, explained, because from upstander.purposes where staff_id = {staff:String} and fact = 'look_up') p
      on p.record_id = l.record_id and p.person_id = l.person_id
    where l.staff_id = {staff:String} and toDate(l.at) between {from:Date} and {to:Date}
    group by l.record_id
  ) l on l.record_id = concat('system_access:', a.access_id)
  where a.staff_id = {staff:String} and toDate(a.at) between {from:Date} and {to:Date}
    and coalesce(a.subject_id, '') not in {kept:Array(String)}
    and concat('system_access:', a.access_id) not in (
      select record_id from upstander.lookups where staff_id = {staff:String} and person_id in {kept:Array(String)})`

/**
 * Every look-up of one member of staff in some days, with what explains it, newest first. Days are `YYYY-MM-DD`.
 * @param about.without whom the reader is kept from: a look-up that concerns any of them is neither listed nor counted
 */
export const auditStaff = async (
  lake: Lake,
  about: {
    readonly staffId: string
    readonly fromOn: string
    readonly toOn: string
    readonly without: { readonly staffIds: readonly string[]; readonly personIds: readonly string[] }
  },
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<SystemAudit> => {
  const kept = [...about.without.personIds, ...about.without.staffIds]
  const given = { staff: about.staffId, from: about.fromOn, to: about.toOn, kept }
  const [count] = await lake.rows<{ total: number; explained: number; away: number }>(
    `select count() as total, countIf(because != '') as explained, countIf(duty_state in ('off', 'absent')) as away from (${judged})`,
    given,
  )
  const rows = await lake.rows<Row>(
    `select concat('system_access:', access_id) as record_id, concat(replaceOne(toString(at), ' ', 'T'), 'Z') as happened, system, action, subject_kind,
       subject_id, toUInt8(quoted) as quoted, toUInt8(remote) as remote, duty_state, reason, because, people
     from (${judged}) order by at desc, access_id limit {limit:UInt32} offset {offset:UInt32}`,
    { ...given, limit, offset },
  )
  return {
    total: count?.total ?? 0,
    explained: count?.explained ?? 0,
    away: count?.away ?? 0,
    rows: rows.map(row => ({
      recordId: row.record_id,
      at: row.happened,
      system: row.system,
      action: row.action,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      quoted: row.quoted === 1,
      remote: row.remote === 1,
      dutyState: row.duty_state,
      reason: row.reason,
      because: row.because,
      people: row.people,
    })),
  }
}
