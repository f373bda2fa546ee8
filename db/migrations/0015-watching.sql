-- Entries of the log that were drawn at random, month by month, and what an auditor made of each.
create table dip_samples (
  month text primary key check (month ~ '^\d{4}-\d{2}$'),
  -- The entries drawn are those whose SHA-256 with the seed is smallest: anybody can draw again.
  seed text not null check (seed <> ''),
  population integer not null,
  drawn_at timestamptz not null
);

create table dip_sample_entries (
  month text not null references dip_samples (month),
  seq bigint primary key references audit_entries (seq)
);
create index dip_sample_entries_of_month on dip_sample_entries (month);

-- The last row about an entry counts.
create table dip_outcomes (
  id bigint generated always as identity primary key,
  seq bigint not null references dip_sample_entries (seq),
  outcome text not null check (outcome <> ''),
  note text not null check (note <> ''),
  by_user text not null references users (id),
  at timestamptz not null
);
create index dip_outcomes_of_entry on dip_outcomes (seq, id);

create function dip_samples_stay() returns trigger language plpgsql as $$
begin
  raise exception 'What was drawn and how it was judged can only be added to.';
end
$$;
create trigger dip_samples_stay before update or delete on dip_samples for each row execute function dip_samples_stay();
create trigger dip_sample_entries_stay before update or delete on dip_sample_entries for each row execute function dip_samples_stay();
create trigger dip_outcomes_stay before update or delete on dip_outcomes for each row execute function dip_samples_stay();

-- The sample is for those who oversee the unit. The entries drawn name concerns only by reference.
do $$
declare
  each text;
begin
  foreach each in array array['dip_samples', 'dip_sample_entries', 'dip_outcomes'] loop
    execute format('alter table %I enable row level security', each);
    execute format('alter table %I force row level security', each);
    execute format('create policy service on %I to upstander_service using (true) with check (true)', each);
    execute format('create policy oversight on %I to upstander_staff using ((select asker_is(''auditor'', ''data_protection''))) with check ((select asker_is(''auditor'', ''data_protection'')))', each);
  end loop;
end
$$;
create policy own_hand on dip_outcomes as restrictive for insert to upstander_staff with check (
  by_user = (select asker()) and not exists (select 1 from audit_entries e where e.seq = dip_outcomes.seq and e.who = (select asker())));

-- Unit staff who are in the staff records, with those close to them as members of the public: all for those who oversee, their own for anybody.
create function unit_people() returns table (user_id text, staff_id text, person_id text, kind text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.staff_id, l.person_id, l.kind from users u
  left join staff_links l on l.staff_id = u.staff_id and l.person_id <> ''
  where u.staff_id is not null
    and (not acts_for_somebody() or asker_is('auditor', 'data_protection') or u.id = asker())
$$;
alter function unit_people() owner to upstander_service;

-- On what basis a feed is read is for everybody to see, and for the data protection officer to say, under their own name.
alter table feed_bases enable row level security;
alter table feed_bases force row level security;
create policy service on feed_bases to upstander_service using (true) with check (true);
create policy everybody on feed_bases for select to upstander_staff using ((select asker()) is not null);
create policy officer on feed_bases for insert to upstander_staff
  with check ((select asker_is('data_protection')) and made_by = (select asker()) and through_batch is null);

-- What was asked for stays as it was asked; who answers, reviews or ends it does so under their own name, and nobody answers their own.
create function authorisations_own_hand() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' then
    if new.asked_by <> asker() or new.answered_by is not null then
      raise exception 'An authorisation is asked for under one''s own name.' using errcode = '42501';
    end if;
    return new;
  end if;
  if (new.ref, new.kind, new.concern_ref, new.colleagues, new.from_on, new.to_on, new.days, new.basis, new.necessity, new.proportionality,
      new.asked_by, new.asked_at) is distinct from
     (old.ref, old.kind, old.concern_ref, old.colleagues, old.from_on, old.to_on, old.days, old.basis, old.necessity, old.proportionality,
      old.asked_by, old.asked_at)
    or old.answered_by is not null and (new.answered_by, new.answered_at, new.granted, new.answer, new.expires_at)
      is distinct from (old.answered_by, old.answered_at, old.granted, old.answer, old.expires_at)
    or new.answered_by is distinct from old.answered_by and (new.answered_by <> asker() or not asker_is('head_of_unit'))
    or new.review_by is distinct from old.review_by and (old.asked_by = asker() or not asker_is('head_of_unit'))
    or new.ended_by is distinct from old.ended_by and (old.ended_by is not null or new.ended_by <> asker())
  then
    raise exception 'An authorisation is answered by another than who asked, and stays as it was asked.' using errcode = '42501';
  end if;
  return new;
end
$$;
create trigger authorisations_own_hand before insert or update on authorisations for each row
  when (acts_for_somebody()) execute function authorisations_own_hand();
create policy own_hand on authorisation_reviews as restrictive for insert to upstander_staff
  with check (by_user = (select asker()) and (select asker_is('head_of_unit')));
