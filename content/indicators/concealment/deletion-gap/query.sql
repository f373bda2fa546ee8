with
  downloads as (
    select device_address, window_from, window_to, extracted_at, groupUniqArray(toString(kind)) as kinds
    from upstander.handset_counts group by device_address, window_from, window_to, extracted_at
  ),
  spoilt as (
    select d.device_address as device_address, d.extracted_at as extracted_at
    from downloads d join upstander.device_events e on e.device_address = d.device_address
    where e.at >= d.window_from and e.at <= d.extracted_at
    group by device_address, extracted_at
  ),
  billed as (
    select d.device_address as device_address, d.window_from as window_from, d.extracted_at as extracted_at, c.staff_id as staff_id, c.party_id as party_id,
      count() as n, min(c.at) as first_at, max(c.at) as last_at, groupArraySorted(12)(c.record_id) as records, groupUniqArray(c.other_address) as others
    from downloads d
    join (select * from upstander.contacts where startsWith(record_id, 'billing:') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) c on c.device_address = d.device_address
    where c.at >= d.window_from and c.at <= least(d.window_to, d.extracted_at) and has(d.kinds, c.kind) and c.staff_id != ''
    group by d.device_address, d.window_from, d.extracted_at, c.staff_id, c.party_id
    having n >= {min_billed:UInt32}
  ),
  held as (
    select device_address, window_from, extracted_at, other_address, sum(events) as events
    from upstander.handset_counts where kind != 'chat'
    group by device_address, window_from, extracted_at, other_address
  )
select b.staff_id as staff_id, b.party_id as person_id, toDate(b.extracted_at) as found_on, 8 as points, any(b.n) as count,
  any(b.first_at) as first_at, any(b.last_at) as last_at, any(b.records) as evidence,
  map('found', toString(sum(h.events))) as detail
from (select *, arrayJoin(others) as other_address from billed) b
left join held h on h.device_address = b.device_address and h.window_from = b.window_from and h.extracted_at = b.extracted_at and h.other_address = b.other_address
where (b.device_address, b.extracted_at) not in spoilt
group by b.staff_id, b.party_id, b.device_address, b.window_from, b.extracted_at
having sum(h.events) < {max_share:Float64} * count
