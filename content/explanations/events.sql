-- What happened between the two in these days that no record explains: the contacts, stays and look-ups that a reader must judge.
-- Read once; the query of an explanation reads from it as `events`. {to} is the end of the last day.
with events as (
  select 'contact' as fact, record_id, at, at + toIntervalSecond(duration_s) as until, toString(duty_state) as duty_state,
    '' as unit_id, toString(attribution) as attribution, 0. as lat, 0. as lon
  from upstander.contacts
  where staff_id = {staff:String} and party_id = {person:String} and at between {from:DateTime} and {to:DateTime}
  union all
  select 'stay', record_id, start_at, end_at, toString(duty_state), unit_id, toString(attribution), lat, lon
  from upstander.address_stays
  where staff_id = {staff:String} and person_id = {person:String} and start_at between {from:DateTime} and {to:DateTime}
  union all
  select 'look_up', record_id, at, at, toString(duty_state), '', '', 0., 0.
  from upstander.lookups
  where staff_id = {staff:String} and person_id = {person:String} and at between {from:DateTime} and {to:DateTime}
)
select fact, record_id, toUnixTimestamp(at) as at, toUnixTimestamp(until) as until, duty_state, unit_id, attribution, lat, lon
from events
where record_id not in (select record_id from upstander.purposes where staff_id = {staff:String} and person_id = {person:String} and explained)
order by at desc, record_id
limit 500
