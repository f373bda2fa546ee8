-- The norm that holds for a member of staff from a day on: their post and duty pattern, else their post, else the written default.
with
  moments as (
    select metric, from_on from upstander.peer_norms group by metric, from_on
  ),
  holders as (
    select
      s.staff_id as staff_id, m.metric as metric, m.from_on as from_on
    from (select distinct staff_id from upstander.postings where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
          union distinct select distinct staff_id from upstander.pair_days where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
          union distinct select distinct staff_id from upstander.address_stays where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) s
    cross join moments m
  ),
  posted as (
    select h.staff_id as staff_id, h.metric as metric, h.from_on as from_on, toString(p.post) as post
    from holders h
    asof left join (select staff_id, post, toDate(from_on) as since from upstander.postings) p on p.staff_id = h.staff_id and h.from_on >= p.since
  ),
  patterned as (
    select h.staff_id as staff_id, h.metric as metric, h.from_on as from_on, h.post as post, if(p.pattern = '', 'any', p.pattern) as pattern
    from posted h
    asof left join (select staff_id, pattern, from_on as since from upstander.duty_patterns) p on p.staff_id = h.staff_id and h.from_on >= p.since
  )
select
  h.staff_id as staff_id, h.metric as metric, h.from_on as from_on, h.post as post,
  multiIf(exact.peers > 0, h.pattern, post_wide.peers > 0, 'any', '') as basis,
  multiIf(exact.peers > 0, exact.peers, post_wide.peers > 0, post_wide.peers, 0) as peers,
  multiIf(exact.peers > 0, exact.centre, post_wide.peers > 0, post_wide.centre, fallback.centre) as centre,
  multiIf(exact.peers > 0, exact.spread, post_wide.peers > 0, post_wide.spread, fallback.spread) as spread,
  multiIf(exact.peers > 0, exact.p99, post_wide.peers > 0, post_wide.p99, fallback.p99) as p99
from patterned h
left join upstander.peer_norms exact on exact.metric = h.metric and exact.post = h.post and exact.pattern = h.pattern and exact.from_on = h.from_on
left join upstander.peer_norms post_wide on post_wide.metric = h.metric and post_wide.post = h.post and post_wide.pattern = 'any' and post_wide.from_on = h.from_on and h.post != ''
join (select * from upstander.peer_norms where post = '') fallback on fallback.metric = h.metric
