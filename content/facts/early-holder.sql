-- Whom the force knows by a number of an early contact. A fact of its own, because the credit in-touch-before asks for it many times.
select
  c.staff_id as staff_id, n.person_id as person_id, min(c.settled_on) as settled_on, argMin(c.record_id, (c.settled_on, c.record_id)) as record_id,
  toDate32(min(n.from_on)) as listed_on
from (select staff_id, number, settled_on, record_id from upstander.early_contacts where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}) c
join upstander.person_numbers n on n.number = c.number
group by c.staff_id, n.person_id
