-- Everyone a member of staff met on duty, was in touch with or looked up without a recorded reason, and every number nobody has, each with the
-- traces between the two that the records of the days searched hold. One row a person or number; what is counted, and from how many on it is a trace, is in sweep.yaml.
with
  met as (
    select person_id, since from upstander.known_people where staff_id = {staff:String}
  ),
  paced as (
    select party_id, day, contacts, out_events, off_duty, on_leave,
      sum(took_part) over (partition by party_id order by toInt32(toUInt16(day)) range between 2 preceding and current row) as three_days
    from upstander.pair_days where staff_id = {staff:String} and day between {from_day:Date} and {to_day:Date}
  ),
  talks as (
    select party_id, sum(contacts) as contacts, sum(out_events) as out_events, sum(off_duty) as off_duty, sum(on_leave) as on_leave, max(three_days) as burst,
      min(day) as first_on, max(day) as last_on
    from paced group by party_id
  ),
  loose as (
    select person_id, countIf(fact = 'look_up') as look_ups,
      countIf(fact = 'contact' and own_doing and not open_case and last_closed_at > toDateTime(0) and at > last_closed_at + toIntervalDay({closure_days:UInt32})) as after_closure,
      toDate(min(at)) as first_on, toDate(max(at)) as last_on
    from upstander.unexplained_events where staff_id = {staff:String} and toDate(at) between {from_day:Date} and {to_day:Date} group by person_id
  ),
  visits as (
    select s.person_id as person_id, uniqExact(toStartOfHour(s.start_at)) as visits, toDate(min(s.start_at)) as first_on, toDate(max(s.start_at)) as last_on
    from upstander.address_stays s
    join (select record_id, person_id from upstander.purposes where staff_id = {staff:String} and fact = 'stay' and not explained) p on p.record_id = s.record_id and p.person_id = s.person_id
    where s.staff_id = {staff:String} and toDate(s.start_at) between {from_day:Date} and {to_day:Date} and s.certainty = 'known' and s.address_kind = 'home'
      and (s.distance_m <= {stay_radius_m:Float64} or s.duty_state in ('off', 'absent'))
    group by s.person_id
  ),
  words as (
    select party_id, uniqExact(record_id) as words from upstander.message_hits where staff_id = {staff:String} and direction = 'out' and toDate(at) between {from_day:Date} and {to_day:Date} group by party_id
  ),
  found as (
    select person_id, arraySort(groupUniqArray(toString(indicator))) as indicators
    from upstander.findings where staff_id = {staff:String} and unit = 'pair' and points >= {found_points:Float64} and found_on between {from_day:Date} and {to_day:Date} group by person_id
  ),
  vulnerable as (
    select person_id from upstander.person_flags where flag != 'repeat_victim'
    union distinct
    select person_id from upstander.case_people where part = 'victim' and type in ('domestic_abuse', 'sexual_offence')
  ),
  parties as (
    select person_id as party_id from met
    union distinct
    select party_id from talks
    union distinct
    select person_id from loose
  )
select
  p.party_id as party, startsWith(p.party_id, '+') as number, b.number != '' as organisation, p.party_id in (select person_id from vulnerable) as vulnerable,
  if(m.person_id = '', '', toString(toDate(m.since))) as met_on, t.contacts as contacts, t.out_events as out_events,
  t.off_duty as off_duty, t.on_leave as on_leave, t.burst as burst, l.after_closure as after_closure, l.look_ups as look_ups, v.visits as visits, w.words as words,
  f.indicators as indicators,
  toString(arrayMin(arrayFilter(d -> d > toDate(0), [t.first_on, l.first_on, v.first_on, toDate('2106-01-01')]))) as first_on,
  toString(greatest(t.last_on, l.last_on, v.last_on)) as last_on
from parties p
left join met m on m.person_id = p.party_id
left join talks t on t.party_id = p.party_id
left join loose l on l.person_id = p.party_id
left join visits v on v.person_id = p.party_id
left join words w on w.party_id = p.party_id
left join found f on f.person_id = p.party_id
left join upstander.busy_numbers b on b.number = p.party_id
order by party
