with
  marks as (
    select person_id, toDate(greatest(from_on, toDate32('1970-01-01'))) as from_on, toDate(coalesce(to_on, toDate32('2106-01-01'))) as to_on,
      if(has({victim_flags:Array(String)}, toString(flag)), 4, 3) as points, concat('person_flags:', person_id, ':', toString(flag)) as record_id, replaceAll(toString(flag), '_', ' ') as what
    from upstander.person_flags where not has({ordinary_flags:Array(String)}, toString(flag))
    union all
    select person_id, toDate(linked_at), toDate('2106-01-01'), 4, record_id, concat('victim of ', replaceAll(toString(type), '_', ' '))
    from upstander.case_people where part = 'victim' and type in ('domestic_abuse', 'sexual_offence')
  )
select '' as staff_id, person_id, from_on as found_on, max(points) over w as points, count() over w as count, toDateTime(from_on) as first_at, toDateTime(from_on) as last_at,
  arraySlice(arraySort(groupUniqArray(record_id) over w), 1, 20) as evidence, map('what', concat('Recorded before as: ', what)) as detail, max(to_on) over w as resolved_on
from marks
window w as (partition by person_id order by from_on)
