-- Boundary language in captured messages: one row per message and family, at the first place its words stand.
-- Takes lists of equal length from the lexicon: {cues}, {patterns}, {exceptions} ('' for none), {families}, {names},
-- {aimed} (1, or 0 for words that an account of an offence may hold).
-- Every message is read once, in one pass for all the plain strings of which a pattern needs one; only where such a cue stands
-- is the pattern itself asked. <locate> is written out by the engine: one branch a pattern, giving what stands before its words.
-- Words in closed quotation marks, quoted mail lines, a mail's history and what a transcript gives to the caller are somebody
-- else's: they are blanked, letter for letter, so that places stay true.
with
  (40) as reach,
  '^\\s*(?:>|(?:caller|informant|victim|witness|suspect|complainant|member of (?:the )?public|mop|male|female|inf|vic)\\s*:)' as not_ours,
  -- From here on a mail repeats what was written before it.
  '(?s)\\n(?:-{2,} ?(?:original|forwarded) message|_{8,}|on [^\\n]{6,120} wrote:|from: [^\\n]+\\n(?:sent|date|to): ).*$' as history,
  '(?m)^\\s*(?:police|officer|operator|call ?(?:handler|taker)|control(?: room)?|dispatch(?:er)?|staff|agent|pc|pcso|sgt|dc)\\s*:|(?m)^\\s*(?:caller|informant|victim|member of (?:the )?public|mop)\\s*:' as labelled,
  read as (
    select
      concat('messages:', message_id) as record_id, device_address, other_address, toString(direction) as direction,
      toString(channel) as channel, at,
      -- Written the way the patterns are: small letters, straight apostrophes, plain spaces; a letter for a letter, so that places stay true.
      replaceAll(replaceAll(replaceAll(lower(text), '’', '\''), '‘', '\''), unhex('C2A0'), ' ') as plain,
      if(position(plain, '"') = 0 and position(plain, '“') = 0, plain,
        arrayStringConcat(arrayMap(
          (part, n) -> if(n % 2 = 0 and n < length(parts), repeat(' ', lengthUTF8(part)), part),
          splitByChar('"', replaceAll(replaceAll(plain, '“', '"'), '”', '"')) as parts,
          arrayEnumerate(parts)), '"')) as unquoted,
      if(channel not in ('email', 'call_transcript'), unquoted,
        arrayStringConcat(arrayMap(
          line -> if(match(line, not_ours), repeat(' ', lengthUTF8(line)), line),
          splitByChar('\n', if(channel = 'email', replaceRegexpOne(unquoted, history, ''), unquoted))), '\n')) as words,
      channel != 'call_transcript' or match(unquoted, labelled) as own_words
    from upstander.messages
    where at >= {from:DateTime}
      and ({shards:UInt32} = 1
        or device_address in (select address from upstander.devices where cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32})
        or device_address not in (select address from upstander.devices))
  ),
  candidates as (
    select *, arrayJoin(multiMatchAllIndices(words, {cues:Array(String)})) as place from read
  ),
  standing as (
    select * from candidates where match(words, {patterns:Array(String)}[place])
  ),
  cut_out as (
    select record_id, device_address, other_address, direction, channel, at, own_words, words, place, <locate> as cut from standing
  ),
  located as (
    select
      *,
      splitByChar('\0', cut) as parts,
      lengthUTF8(parts[1]) as start,
      lengthUTF8(parts[2]) as size
    from cut_out
  ),
  kept as (
    select * from located
    where ({exceptions:Array(String)}[place] = ''
      or not match(
        substringUTF8(words, greatest(1, toInt64(start) + 1 - reach), size + 2 * reach - greatest(0, reach - toInt64(start))),
        {exceptions:Array(String)}[place]))
  ),
  hits as (
    select
      record_id, device_address, other_address, direction, channel, at, own_words,
      {families:Array(String)}[place] as family,
      argMin({names:Array(String)}[place], (start, place)) as pattern,
      max({aimed:Array(UInt8)}[place]) = 1 as aimed,
      toUInt16(least(65535, min(start))) as snippet_start,
      toUInt16(least(65535, argMin(size, (start, place)))) as snippet_length
    from kept
    group by record_id, device_address, other_address, direction, channel, at, own_words, family
  ),
  -- A text that the bill also shows is one contact, kept under the bill's row, up to a minute apart.
  about as (
    select *, toUInt32(arrayJoin([-1, 0, 1]) + intDiv(toUnixTimestamp(at), 60)) as minute from hits
  )
select
  h.record_id as record_id,
  argMin(c.staff_id, (c.record_id != h.record_id, c.record_id, c.staff_id, c.person_id)) as staff_id,
  argMin(c.party_id, (c.record_id != h.record_id, c.record_id, c.staff_id, c.person_id)) as party_id,
  argMin(c.person_id, (c.record_id != h.record_id, c.record_id, c.staff_id, c.person_id)) as person_id,
  h.direction as direction,
  h.channel as channel,
  h.at as at,
  h.family as family,
  any(h.pattern) as pattern,
  any(h.aimed) as aimed,
  any(h.own_words) as own_words,
  any(h.snippet_start) as snippet_start,
  any(h.snippet_length) as snippet_length
from (
  select * from upstander.contacts
  where at + toIntervalMinute(2) >= {from:DateTime} and kind != 'mms'
    and cityHash64(staff_id) % {shards:UInt32} = {shard:UInt32}
) as c
inner join about as h
  on cityHash64(c.device_address, c.other_address, c.direction, intDiv(toUnixTimestamp(c.at), 60))
    = cityHash64(h.device_address, h.other_address, h.direction, h.minute)
where c.device_address = h.device_address and c.other_address = h.other_address and (c.record_id = h.record_id
  or (startsWith(c.record_id, 'billing:') and h.channel in ('sms', 'call_transcript') and (c.kind = 'voice') = (h.channel = 'call_transcript')))
group by h.record_id, h.direction, h.channel, h.at, h.family
-- Patterns are made ready anew for every block, so blocks are large.
settings max_block_size = 262144, preferred_block_size_bytes = 33554432
