/** The rows each query of a pair's record returns. Moments are `2026-06-01 02:00:00`, UTC; an open end is empty or 2106. */
export type PairRows = {
  sequences: { id: string; at: string; until: string; step: number; says: string }
  duties: { id: string; at: string; until: string; state: string; reason: string }
  reasons: { id: string; at: string; until: string; kind: string; part: string }
  cases: { id: string; at: string; until: string; text: string }
  contacts: JudgedRow & { direction: string; kind: string; duration_s: number; attribution: string }
  stays: JudgedRow & {
    address_kind: string
    minutes: number
    distance_m: number
    level: string
    certainty: string
    crew_size: number
    ambiguity: number
  }
  lookUps: JudgedRow & { action: string; via: string; remote: boolean }
  declared: { id: string; at: string; until: string; kind: string; said: number | null }
  /** Whether a record explains a contact, stay or look-up, and which. A number nobody has is never in it. */
  purposes: {
    fact: 'contact' | 'stay' | 'look_up'
    id: string
    explained: boolean
    because: string
    because_record: string
  }
}

type JudgedRow = { id: string; at: string; until: string; duty_state: string }

type PairQuery = {
  /** Tables that must have been built. */
  readonly needs: readonly string[]
  /** Takes staff, person, from, to, most. */
  readonly sql: string
}

/** One query for each kind of row in a pair's record; every one is bounded by the pair, the window and a row limit. */
export const pairQueries: { readonly [Name in keyof PairRows]: PairQuery } = {
  // A finding that tells its steps carries them as `[[from, until, words], …]`; the newest and longest telling stands for all.
  sequences: {
    needs: ['findings'],
    sql: `
      select concat(told, ', step ', toString(number)) as id, concat(part.1, ' 00:00:00') as at,
        if(part.2 > part.1, concat(part.2, ' 00:00:00'), concat(part.1, ' 23:59:59')) as until, number as step, part.3 as says
      from (
        select toString(indicator) as told, JSONExtract(argMax(detail['steps'], (count, found_on)), 'Array(Tuple(String, String, String))') as parts
        from upstander.findings
        where staff_id = {staff:String} and person_id = {person:String} and detail['steps'] != ''
        group by indicator)
      array join parts as part, arrayEnumerate(parts) as number
      where concat(part.1, ' 00:00:00') <= toString({to:DateTime}) and concat(part.2, ' 23:59:59') >= toString({from:DateTime})
      order by told, number limit {most:UInt32}`,
  },
  duties: {
    needs: ['duty_states'],
    sql: `
      select record_id as id, toString(start_at) as at, toString(end_at) as until, state, reason
      from upstander.duty_states
      where staff_id = {staff:String} and start_at <= {to:DateTime} and end_at >= {from:DateTime}
      order by start_at desc limit {most:UInt32}`,
  },
  reasons: {
    needs: ['reasons'],
    sql: `
      select record_id as id, toString(from_at) as at, toString(to_at) as until, kind, part
      from upstander.reasons
      where staff_id = {staff:String} and person_id = {person:String}
        and from_at <= {to:DateTime} and to_at >= {from:DateTime}
      order by from_at desc limit {most:UInt32}`,
  },
  cases: {
    needs: ['reasons', 'investigations'],
    sql: `
      select concat('investigations:', investigation_id) as id, toString(opened_at) as at,
        ifNull(toString(closed_at), '') as until,
        concat('Investigation', if(type = '', '', concat(' of ', replaceAll(type, '_', ' '))),
          if(closed_at is null, '', concat(', closed', if(closure = '', '', concat(': ', replaceAll(closure, '_', ' ')))))) as text
      from upstander.investigations
      where investigation_id in (
          select case_id from upstander.reasons
          where staff_id = {staff:String} and person_id = {person:String} and case_id != ''
            and kind in ('allocation', 'assignment', 'attendance'))
        and opened_at <= {to:DateTime} and ifNull(closed_at, toDateTime('2105-12-31 00:00:00')) >= {from:DateTime}
      order by opened_at desc limit {most:UInt32}`,
  },
  contacts: {
    needs: ['contacts', 'purposes'],
    sql: `
      select record_id as id, toString(at) as at, toString(addSeconds(c.at, duration_s)) as until,
        duty_state, direction, kind, duration_s, attribution
      from upstander.contacts as c
      where staff_id = {staff:String} and party_id = {person:String}
        and c.at between {from:DateTime} and {to:DateTime}
      order by c.at desc limit {most:UInt32}`,
  },
  stays: {
    needs: ['address_stays', 'purposes'],
    sql: `
      select record_id as id, toString(start_at) as at, toString(end_at) as until,
        duty_state, address_kind, minutes, distance_m, level, certainty,
        crew_size, ambiguity
      from upstander.address_stays as s
      where staff_id = {staff:String} and person_id = {person:String}
        and start_at between {from:DateTime} and {to:DateTime}
      order by start_at desc limit {most:UInt32}`,
  },
  lookUps: {
    needs: ['lookups', 'purposes'],
    sql: `
      select record_id as id, toString(at) as at, '' as until,
        duty_state, action, via, remote
      from upstander.lookups as l
      where staff_id = {staff:String} and person_id = {person:String}
        and l.at between {from:DateTime} and {to:DateTime}
      order by l.at desc limit {most:UInt32}`,
  },
  declared: {
    needs: ['disclosures'],
    sql: `
      select concat('disclosures:', disclosure_id) as id, toString(declared_at) as at, '' as until, kind,
        disclosed_contacts as said
      from upstander.disclosures
      where staff_id = {staff:String} and person_id = {person:String}
        and declared_at between {from:DateTime} and {to:DateTime}
      order by declared_at limit {most:UInt32}`,
  },
  // Read once for all three lanes: joined to each of them it costs as much as the lane itself.
  purposes: {
    needs: ['purposes'],
    sql: `
      select toString(fact) as fact, record_id as id, explained, toString(because) as because, because_record
      from upstander.purposes
      where staff_id = {staff:String} and person_id = {person:String} and at between {from:DateTime} and {to:DateTime}`,
  },
}
