-- Figures of the contacts of each member of staff, in the terms the research on call and text records uses, so that
-- ours can be held against published answers. Reads upstander.contacts; returns one row per member of staff, bin
-- ('all', or an ISO week), part of week, part of day, interaction and figure.
--   conversation: texts to one party less than {conversation_gap_minutes} apart; a call ends one and stands alone.
--   night: from 19:00:00 to 07:00:00, both ends included. Averages and spreads are of the whole population.
--   "percent" figures are shares from 0 to 1, times are in seconds.
with
  events as (
    select
      staff_id, party_id, record_id, at, duration_s,
      direction = 'out' as sent,
      if(kind = 'voice', 'call', 'text') as interaction,
      not (toUInt32(at) % 86400 > 7 * 3600 and toUInt32(at) % 86400 < 19 * 3600) as night,
      arrayJoin(['all', toString(toISOYear(at)) || '-W' || toString(toISOWeek(at))]) as bin,
      arrayJoin(['allweek', if(toDayOfWeek(at) >= 6, 'weekend', 'weekday')]) as part_of_week,
      arrayJoin(['allday', if(night, 'night', 'day')]) as part_of_day
    from upstander.contacts
  ),
  sequenced as (
    select
      *,
      lagInFrame(at, 1, at) over kind_of as previous_same,
      row_number() over kind_of as nth_same,
      lagInFrame(at, 1, at) over pair as previous_at,
      lagInFrame(interaction, 1, '') over pair as previous_interaction,
      lagInFrame(sent, 1, false) over pair as previous_sent,
      interaction = 'text'
        and (previous_interaction != 'text' or at >= previous_at + {conversation_gap_minutes:UInt32} * 60) as opens
    from events
    window
      kind_of as (
        partition by staff_id, bin, part_of_week, part_of_day, interaction
        order by at, record_id rows between unbounded preceding and current row
      ),
      pair as (
        partition by staff_id, bin, part_of_week, part_of_day, party_id
        order by at, record_id rows between unbounded preceding and current row
      )
  ),
  numbered as (
    select *, sum(opens) over (
      partition by staff_id, bin, part_of_week, part_of_day, party_id
      order by at, record_id rows between unbounded preceding and current row
    ) as conversation
    from sequenced
  ),
  conversations as (
    select
      staff_id, bin, part_of_week, part_of_day, party_id, conversation,
      argMin(sent, (at, record_id)) as started,
      max(sent) as answered
    from numbered
    where interaction = 'text'
    group by all
  ),
  pairs as (
    select
      staff_id, bin, part_of_week, part_of_day, interaction, party_id,
      count() as events, countIf(sent) as sent_events, sum(duration_s) as seconds
    from events
    group by all
  ),
  of_pairs as (
    select
      staff_id, bin, part_of_week, part_of_day, interaction,
      sum(events) as total,
      groupArray(events) as per_party,
      groupArray(seconds) as seconds_per_party,
      arrayCumSum(arrayReverseSort(per_party)) as running,
      arrayCumSum(arrayReverseSort(seconds_per_party)) as running_seconds,
      [
        ('number_of_interactions', toFloat64(total)),
        ('number_of_interaction_out', toFloat64(sum(sent_events))),
        ('number_of_interaction_in', toFloat64(total - sum(sent_events))),
        ('number_of_contacts', toFloat64(count())),
        ('interactions_per_contact__mean', avg(events)),
        ('interactions_per_contact__std', stddevPop(events)),
        ('balance_of_contacts__mean', avg(sent_events) / total),
        ('balance_of_contacts__std', stddevPop(sent_events) / total),
        ('entropy_of_contacts', -arraySum(n -> (n / total) * log(n / total), per_party)),
        ('percent_pareto_interactions', (1 + arrayCount(n -> n < ceil(total * 0.8), running)) / count())
      ] as either,
      if(interaction = 'call', [
        ('percent_initiated_interactions', sum(sent_events) / total),
        ('percent_pareto_durations', (1 + arrayCount(n -> n < ceil(sum(seconds) * 0.8), running_seconds)) / count())
      ], []) as calls_only,
      arrayConcat(either, calls_only) as figures
    from pairs
    group by staff_id, bin, part_of_week, part_of_day, interaction
  ),
  of_events as (
    select
      staff_id, bin, part_of_week, part_of_day, interaction,
      [
        ('percent_nocturnal', avg(night)),
        ('interevent_time__mean', avgIf(at - previous_same, nth_same > 1)),
        ('interevent_time__std', stddevPopIf(at - previous_same, nth_same > 1))
      ] as either,
      if(interaction = 'call', [
        ('call_duration__mean', avg(duration_s)),
        ('call_duration__std', stddevPop(duration_s))
      ], []) as calls_only,
      arrayConcat(either, calls_only) as figures
    from numbered
    group by staff_id, bin, part_of_week, part_of_day, interaction
  ),
  of_days as (
    select
      staff_id, bin, part_of_week, part_of_day, 'callandtext' as interaction,
      [
        ('active_days', toFloat64(uniqExact(toDate(at)))),
        ('response_delay_text__mean', avgIf(at - previous_at, reply)),
        ('response_delay_text__std', stddevPopIf(at - previous_at, reply))
      ] as figures
    from (select *, interaction = 'text' and not opens and sent and not previous_sent and at > previous_at as reply from numbered)
    group by staff_id, bin, part_of_week, part_of_day
  ),
  of_conversations as (
    select
      staff_id, bin, part_of_week, part_of_day, 'callandtext' as interaction,
      [
        ('percent_initiated_conversations', avg(started)),
        ('response_rate_text', avgIf(answered, not started))
      ] as figures
    from conversations
    group by staff_id, bin, part_of_week, part_of_day
  )
select staff_id, bin, part_of_week, part_of_day, interaction, figure.1 as name, if(isNaN(figure.2), null, figure.2) as value
from (
  select staff_id, bin, part_of_week, part_of_day, interaction, figures from of_pairs
  union all select staff_id, bin, part_of_week, part_of_day, interaction, figures from of_events
  union all select staff_id, bin, part_of_week, part_of_day, interaction, figures from of_days
  union all select staff_id, bin, part_of_week, part_of_day, interaction, figures from of_conversations
)
array join figures as figure
