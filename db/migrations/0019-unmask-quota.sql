-- Different concerns that a person was shown, or waits to be shown, since a moment, but for one. It counts those too that are kept from
-- whoever agrees; others who count for the same person wait until the transaction ends, so that two answers at once are not both the last.
create function count_unmasked(person text, but_for text, since timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('unmask ' || person, 0));
  return (select count(distinct u.ref) from unmasks u
    where u.asked_by = person and u.ref <> but_for and u.granted_at > since
      and (person = asker() or asker_is('investigator', 'head_of_unit') or not acts_for_somebody()));
end
$$;
