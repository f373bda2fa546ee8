with firsts as (
  select party_id as number, staff_id, min(toDate(at)) as first_on
  from upstander.contacts
  where person_id = '' and staff_id != ''
  group by number, staff_id
)
select number, arraySort(groupArray(first_on))[{shared_number_staff:UInt32}] as from_on
from firsts
group by number
having count() >= {shared_number_staff:UInt32}
