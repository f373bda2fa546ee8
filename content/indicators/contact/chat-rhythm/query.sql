with
  conversations as (
    select
      staff_id, person_id, conversation_at,
      arraySort(groupArray((at, record_id, direction = 'out', attribution = 'shared'))) as events,
      -- Places at which the side that writes changes.
      arrayFilter(i -> i = 1 or events[i].3 != events[i - 1].3, arrayEnumerate(events)) as all_turns,
      arraySlice(all_turns, 1, {turns:UInt32}) as turns,
      toUInt32(turns[-1]) as size,
      arraySlice(events, 1, size) as counted,
      events[size].1 as reached_at,
      -- Times given to the minute may hide up to a minute more.
      if(arrayAll(e -> toSecond(e.1) = 0, counted), 60, 0) as unseen_seconds,
      arrayMap(i -> dateDiff('second', events[i - 1].1, events[i].1) + unseen_seconds, arrayFilter(i -> i > 1 and events[i].3, turns)) as answers
    from upstander.contacts
    where person_id != '' and staff_id != '' and kind in ('sms', 'mms', 'teams', 'force_social')
      and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    group by staff_id, person_id, conversation_at
    having length(turns) = {turns:UInt32} and arrayReduce('quantileExactInclusive(0.5)', answers) < {reply_seconds:UInt32}
  ),
  about_to_meet as (
    select c.staff_id as staff_id, c.person_id as person_id, c.conversation_at as conversation_at
    from conversations c
    join (
      select staff_id, person_id, from_at, to_at, known_at from upstander.reasons
      where (kind in ('attendance', 'custody', 'stop') or (kind = 'logged_contact' and part = 'visit')) and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) r on r.staff_id = c.staff_id and r.person_id = c.person_id
    where r.from_at <= c.reached_at + toIntervalHour({meeting_hours:UInt32}) and r.to_at >= c.conversation_at - toIntervalHour({meeting_hours:UInt32})
      and r.known_at <= c.reached_at + toIntervalHour({settle_hours:UInt32})
    group by staff_id, person_id, conversation_at
  ),
  in_a_crisis as (
    select c.staff_id as staff_id, c.person_id as person_id, c.conversation_at as conversation_at
    from conversations c
    join (select * from upstander.case_people where kind = 'incident' and has({crisis_types:Array(String)}, toString(type))) i on i.person_id = c.person_id
    where i.linked_at <= c.reached_at + toIntervalHour({settle_hours:UInt32}) and i.closed_at >= c.conversation_at
      and i.opened_at <= c.reached_at and i.opened_at >= c.conversation_at - toIntervalDay({crisis_days:UInt32})
    group by staff_id, person_id, conversation_at
  ),
  days as (
    select
      staff_id, person_id, toDate(reached_at + toIntervalHour({settle_hours:UInt32})) as known_on, count() as n,
      countIf(arrayCount(e -> e.4, counted) * 2 >= size) as shared_n, min(conversation_at) as first_at, max(reached_at) as last_at,
      arraySlice(arraySort(arrayFlatten(groupArray(arrayMap(e -> e.2, counted)))), 1, 20) as records
    from conversations
    where (staff_id, person_id, conversation_at) not in about_to_meet and (staff_id, person_id, conversation_at) not in in_a_crisis
    group by staff_id, person_id, known_on
  ),
  windows as (
    select staff_id, person_id, known_on, last_at, records, sum(n) over w as total, sum(shared_n) over w as total_shared, min(first_at) over w as began
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(known_on)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, known_on as found_on, 6 * if(total_shared * 2 >= total, 0.5, 1) as points, total as count, began as first_at, last_at, records as evidence, map() as detail
from windows
where total >= {min_conversations:UInt32}
