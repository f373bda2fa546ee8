with
  -- A number is known by its last nine figures: 07700 900123, +44 7700 900 123 and 0044.7700.900123 are one.
  force_ends as (
    select distinct right(replaceRegexpAll(address, '[^0-9]', ''), 9) as ends from upstander.devices where position(address, '@') = 0
  ),
  own as (
    select
      staff_id,
      if(length(figures) >= 10 and right(figures, 9) not in force_ends, right(figures, 9), '') as ends,
      if(position(personal_email, '@') > 0 and personal_email not in (select address from upstander.devices), lower(personal_email), '') as mailbox
    from (select staff_id, personal_number, personal_email, replaceRegexpAll(personal_number, '[^0-9]', '') as figures from upstander.staff)
    where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32} and (ends != '' or mailbox != '')
  ),
  holders as (
    select d.address as address, groupUniqArray((o.staff_id, o.ends, o.mailbox)) as owners
    from upstander.devices d join own o on o.staff_id = d.staff_id group by d.address
  ),
  -- Only what holds an address or a run of nine figures is read closely; quoted lines are somebody else's words.
  read as (
    select
      m.message_id as message_id, m.device_address as device_address, m.other_address as other_address, m.at as at, h.owners as owners,
      lower(replaceRegexpAll(m.text, '(?m)^\\s*>.*$', '')) as words,
      replaceRegexpAll(words, '[^0-9a-z@]', '') as run_together,
      extractAll(replaceAll(replaceAll(words, ' dot ', '.'), ' at ', '@'), '[a-z0-9._%+-]+@[a-z0-9.-]+[a-z0-9]') as mailboxes
    from (
      select message_id, device_address, other_address, at, text from upstander.messages
      where direction = 'out' and channel in ('sms', 'email', 'teams', 'force_social')
        and match(text, '(?i)@|[0-9](?:[^0-9a-z]{0,3}[0-9]){8}|\\sat\\s.{1,60}\\sdot\\s')
    ) m
    join holders h on h.address = m.device_address
  ),
  carried as (
    select
      message_id, device_address, other_address, at, owner.1 as staff_id, owner.2 as ends,
      ends != '' and position(run_together, ends) > 0 as gave_number, owner.3 != '' and has(mailboxes, owner.3) as gave_mailbox,
      match(words, '\\b101\\b') or hasAny(mailboxes, (select groupArray(lower(address)) from upstander.devices where position(address, '@') > 0))
        or hasAny(
          arrayMap(run -> right(replaceRegexpAll(run, '[^0-9]', ''), 9), extractAll(words, '[+(]?[0-9][0-9 .()-]{7,16}[0-9]')),
          (select groupArray(ends) from force_ends)) as beside_force
    from (select *, arrayJoin(owners) as owner from read)
    where gave_number or gave_mailbox
  ),
  -- How much of what the device sends carries it, day by day.
  habits as (
    select device_address, day, sum(sent) over w as sent_n, sum(carrying) over w as carrying_n
    from (
      select m.device_address as device_address, toDate(m.at) as day, count() as sent, countIf(m.message_id in (select message_id from carried)) as carrying
      from upstander.messages m
      where m.direction = 'out' and m.channel != 'call_transcript' and m.device_address in (select device_address from carried)
      group by device_address, day
    )
    window w as (partition by device_address order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  ),
  -- The contact a message belongs to: its own, or the bill's up to a minute apart.
  given as (
    select
      c.staff_id as staff_id, c.person_id as person_id, h.message_id as message_id, toDate(h.at) as day, h.device_address as device_address, any(h.at) as at, any(h.ends) as ends,
      any(h.gave_number) as gave_number, any(h.gave_mailbox) as gave_mailbox, max(h.beside_force or c.duty_state = 'on_call') as card
    from (
      select * from upstander.contacts
      where person_id != '' and direction = 'out' and kind not in ('voice', 'mms', 'call_transcript') and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
    ) c
    join (select *, arrayJoin([-1, 0, 1]) + intDiv(toUnixTimestamp(at), 60) as minute from carried) h
      on h.staff_id = c.staff_id and h.device_address = c.device_address and h.other_address = c.other_address and h.minute = intDiv(toUnixTimestamp(c.at), 60)
    where c.record_id = concat('messages:', h.message_id) or startsWith(c.record_id, 'billing:')
    group by c.staff_id, c.person_id, h.message_id, h.device_address, day
  ),
  days as (
    select
      g.staff_id as staff_id, g.person_id as person_id, g.day as day, count() as n, countIf(g.card or s.carrying_n > {signature_share:Float64} * s.sent_n and s.sent_n >= {signature_messages:UInt32}) as card_n,
      max(g.gave_number) as gave_number, max(g.gave_mailbox) as gave_mailbox, min(g.at) as first_at, max(g.at) as last_at, groupArraySorted(20)(concat('messages:', g.message_id)) as records
    from given g
    join habits s on s.device_address = g.device_address and s.day = g.day
    -- Of one household, whose number it is too.
    where (g.person_id, g.ends) not in (select person_id, right(replaceRegexpAll(number, '[^0-9]', ''), 9) from upstander.person_numbers)
    group by g.staff_id, g.person_id, g.day
  ),
  windows as (
    select staff_id, person_id, day, last_at, sum(n) over w as total, sum(card_n) over w as cards, max(gave_number) over w as number_given, max(gave_mailbox) over w as mailbox_given,
      min(first_at) over w as began, arraySlice(arrayFlatten(groupArray(records) over w), -20) as all_records
    from days
    window w as (partition by staff_id, person_id order by toInt32(toUInt16(day)) range between {window_days:UInt32} - 1 preceding and current row)
  )
select staff_id, person_id, day as found_on, if(cards < total, 9, {card_points:Float64}) as points, total as count, began as first_at, last_at, all_records as evidence,
  map('what', multiIf(number_given and mailbox_given, 'telephone number and e-mail address', number_given, 'telephone number', 'e-mail address'), 'card', toString(cards)) as detail
from windows
