-- Boundary language in captured messages: one row per message and family, at the first place its words stand.
-- Takes four lists of equal length from the lexicon: {patterns}, {exceptions} ('' for none), {families}, {names}.
-- Every message is read once by one multi-pattern pass; only the few that match are looked at closely, by an engine
-- that also knows where the words stand and has the last word on whether they do.
-- Words in closed quotation marks, quoted mail lines and lines a transcript gives to the caller are somebody else's:
-- they are blanked, letter for letter, so that places stay true.
with
  (40) as reach,
  '(?i)^\\s*(?:>|(?:caller|informant|victim|witness|suspect|complainant|member of (?:the )?public|mop|male|female|inf|vic)\\s*:)' as not_ours,
  read as (
    select
      concat('messages:', message_id) as record_id, device_address, other_address, toString(direction) as direction,
      toString(channel) as channel, at,
      if(position(text, '"') = 0 and position(text, '“') = 0, text,
        arrayStringConcat(arrayMap(
          (part, n) -> if(n % 2 = 0 and n < length(parts), repeat(' ', lengthUTF8(part)), part),
          splitByChar('"', replaceAll(replaceAll(text, '“', '"'), '”', '"')) as parts,
          arrayEnumerate(parts)), '"')) as unquoted,
      if(channel not in ('email', 'call_transcript'), unquoted,
        arrayStringConcat(arrayMap(
          line -> if(match(line, not_ours), repeat(' ', lengthUTF8(line)), line), splitByChar('\n', unquoted)), '\n')) as words
    from upstander.messages
    where at >= {from:DateTime}
      and ({shards:UInt32} = 1
        or device_address in (select address from upstander.devices where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32})
        or device_address not in (select address from upstander.devices))
  ),
  matched as (
    select *, arrayJoin(multiMatchAllIndices(words, {patterns:Array(String)})) as place from read
  ),
  located as (
    select
      *,
      splitByChar('\0', replaceRegexpOne(words, concat('(?s)^(.*?)(', {patterns:Array(String)}[place], ').*$'), '\\1\0\\2')) as cut,
      cut[1] as before,
      cut[2] as found,
      lengthUTF8(before) as start,
      lengthUTF8(found) as size
    from matched
  ),
  kept as (
    select * from located
    where found != ''
      and ({exceptions:Array(String)}[place] = ''
      or not match(
        substringUTF8(words, greatest(1, toInt64(start) + 1 - reach), size + 2 * reach - greatest(0, reach - toInt64(start))),
        {exceptions:Array(String)}[place]))
  ),
  hits as (
    select
      record_id, device_address, other_address, direction, channel, at,
      {families:Array(String)}[place] as family,
      argMin({names:Array(String)}[place], (start, place)) as pattern,
      toUInt16(least(65535, min(start))) as snippet_start,
      toUInt16(least(65535, argMin(size, (start, place)))) as snippet_length
    from kept
    group by record_id, device_address, other_address, direction, channel, at, family
  ),
  -- A text that the bill also shows is one contact, kept under the bill's row, up to a minute apart.
  about as (
    select *, arrayJoin([-1, 0, 1]) + intDiv(toUnixTimestamp(at), 60) as minute from hits
  )
select
  h.record_id as record_id,
  argMin(c.staff_id, c.record_id != h.record_id) as staff_id,
  argMin(c.party_id, c.record_id != h.record_id) as party_id,
  argMin(c.person_id, c.record_id != h.record_id) as person_id,
  h.direction as direction,
  h.at as at,
  h.family as family,
  any(h.pattern) as pattern,
  any(h.snippet_start) as snippet_start,
  any(h.snippet_length) as snippet_length
from (
  select * from upstander.contacts
  where at + toIntervalMinute(2) >= {from:DateTime} and kind != 'mms'
    and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
) as c
inner join about as h
  on c.device_address = h.device_address and c.other_address = h.other_address and c.direction = h.direction
  and intDiv(toUnixTimestamp(c.at), 60) = h.minute
where c.record_id = h.record_id
  or (startsWith(c.record_id, 'billing:') and h.channel in ('sms', 'call_transcript') and (c.kind = 'voice') = (h.channel = 'call_transcript'))
group by h.record_id, h.direction, h.at, h.family
