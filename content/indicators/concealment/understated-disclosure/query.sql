-- What was declared of one person, beside the conversations and occasions near their home that no record explains, up to that moment.
with
  declared as (
    select disclosure_id, staff_id, person_id, declared_at, toUInt32(greatest(0, assumeNotNull(disclosed_contacts))) as said, toString(kind) as kind
    from upstander.disclosures
    where person_id != '' and disclosed_contacts is not null and has({kinds:Array(String)}, toString(kind)) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
  ),
  -- A place where many staff stand is no private place from the day on which one too many had stood there.
  places as (
    select cell, arraySort(groupArray(first_on))[{communal_staff:UInt32}] as communal_from
    from (
      select (toInt32(floor(lat / 0.001)), toInt32(floor(lon / 0.0016))) as cell, staff_id, min(toDate(start_at)) as first_on
      from upstander.address_stays group by cell, staff_id
    )
    group by cell having count() >= {communal_staff:UInt32}
  ),
  -- Somebody who lives nearby is near it for that reason.
  near_home as (
    select staff_id, person_id, groupArray((from_on, to_on)) as spans
    from upstander.credits where credit = 'lives-nearby' and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} group by staff_id, person_id
  ),
  unexplained as (
    select toString(fact) as fact, record_id, staff_id, person_id, known_on from upstander.purposes
    where fact in ('contact', 'stay') and not explained and (staff_id, person_id) in (select staff_id, person_id from declared)
  ),
  halts as (
    select s.record_id as record_id, s.staff_id as staff_id, s.person_id as person_id, s.start_at as at, s.lat as lat, s.lon as lon
    from upstander.address_stays s
    left join near_home n on n.staff_id = s.staff_id and n.person_id = s.person_id
    where (s.staff_id, s.person_id) in (select staff_id, person_id from declared)
      and s.address_kind = 'home' and s.certainty = 'known' and s.ambiguity <= {max_ambiguity:UInt32} and s.attribution != 'late_booking'
      and not arrayExists(x -> toDate(s.start_at) >= x.1 and toDate(s.start_at) <= x.2, n.spans)
  ),
  private_halts as (
    select h.record_id as record_id, h.staff_id as staff_id, h.person_id as person_id, h.at as at,
      lagInFrame(toNullable(h.at)) over (partition by h.staff_id, h.person_id order by h.at, h.record_id rows between unbounded preceding and current row) as previous_at
    from halts h
    left join places p on p.cell = (toInt32(floor(h.lat / 0.001)), toInt32(floor(h.lon / 0.0016)))
    join (select * from unexplained where fact = 'stay') u on u.record_id = h.record_id and u.staff_id = h.staff_id and u.person_id = h.person_id
    where p.communal_from = toDate(0) or p.communal_from > toDate(h.at)
  ),
  occasions as (
    -- A conversation in which the member of staff took part is one occasion.
    select c.staff_id as staff_id, c.person_id as person_id, min(c.at) as at, max(u.known_on) as known_on, min(c.record_id) as record_id, false as visit
    from upstander.contacts c
    join (select * from unexplained where fact = 'contact') u on u.record_id = c.record_id
    where c.direction = 'out' or (c.kind = 'voice' and c.duration_s >= 30)
    group by c.staff_id, c.person_id, c.conversation_at
    union all
    -- Two halts within half an hour are one occasion.
    select h.staff_id, h.person_id, h.at, toDate(h.at + toIntervalHour({settle_hours:UInt32})), h.record_id, true
    from private_halts h
    where h.previous_at is null or h.at > h.previous_at + interval 30 minute
  ),
  beside as (
    select d.disclosure_id as disclosure_id, d.staff_id as staff_id, d.person_id as person_id, any(d.declared_at) as declared_at, any(d.said) as said,
      count() as shown, countIf(o.visit) as visits, min(o.at) as first_at, max(o.at) as last_at, max(o.known_on) as known_on, arraySlice(arraySort(groupArray(o.record_id)), 1, 20) as records
    from declared d
    join occasions o on o.staff_id = d.staff_id and o.person_id = d.person_id
    where o.at < d.declared_at and o.at >= d.declared_at - toIntervalDay({window_days:UInt32})
    group by d.disclosure_id, d.staff_id, d.person_id
  )
select staff_id, person_id, greatest(toDate(declared_at), known_on) as found_on, {points:Float64} as points, shown as count, first_at, last_at,
  arrayConcat([concat('disclosures:', disclosure_id)], records) as evidence,
  map('said', toString(said), 'declared', toString(toDate(declared_at)), 'visits', toString(visits), 'talks', toString(shown - visits)) as detail
from beside
where shown >= said + {min_more:UInt32} and shown >= {times:Float64} * said
