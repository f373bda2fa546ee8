-- What is kept from destruction, whatever its age.
create table holds (
  id text primary key,
  -- A member of staff whose records and concerns stay; everything when empty.
  staff_id text not null default '',
  reason text not null check (reason <> ''),
  review_on date not null,
  made_by text not null references users (id),
  made_at timestamptz not null,
  ended_by text references users (id),
  ended_at timestamptz,
  constraint holds_end_whole check ((ended_by is null) = (ended_at is null))
);

-- One person asks that what is due be destroyed, another agrees; the next nightly run does it.
create table destructions (
  id text primary key,
  asked_by text not null references users (id),
  asked_at timestamptz not null,
  reason text not null check (reason <> ''),
  -- What was due when it was asked for: a later night destroys no more than this.
  plan jsonb not null,
  agreed_by text references users (id),
  agreed_at timestamptz,
  withdrawn_by text references users (id),
  withdrawn_at timestamptz,
  done_at timestamptz,
  constraint destructions_two_persons check (agreed_by is null or agreed_by <> asked_by),
  constraint destructions_agreed_whole check ((agreed_by is null) = (agreed_at is null)),
  constraint destructions_withdrawn_whole check ((withdrawn_by is null) = (withdrawn_at is null)),
  constraint destructions_done_after_two check (done_at is null or (agreed_at is not null and withdrawn_at is null))
);
create unique index destructions_one_open on destructions ((true)) where done_at is null and withdrawn_at is null;

-- Orders of the register of erasures that were carried out on this store.
create table erasures (
  id text primary key,
  at timestamptz not null
);

-- Who may, and with their own hand alone. Carrying out is for the nightly job, which works as the service.
do $$
declare
  each text;
begin
  foreach each in array array['holds', 'destructions', 'erasures'] loop
    execute format('alter table %I enable row level security', each);
    execute format('alter table %I force row level security', each);
    execute format('create policy service on %I to upstander_service using (true) with check (true)', each);
  end loop;
end
$$;
create policy keepers on holds to upstander_staff using ((select asker_is('head_of_unit', 'data_protection')));
create policy never on holds as restrictive to upstander_staff using (staff_id = '' or not exists (select 1 from exclusions x
  where x.user_id = (select asker()) and x.ended_at is null and x.staff_id = holds.staff_id)) with check (true);
create policy own_hand on holds as restrictive for insert to upstander_staff
  with check (made_by = (select asker()) and ended_by is null);
create policy keepers on destructions to upstander_staff using ((select asker_is('head_of_unit', 'data_protection')));
create policy own_hand on destructions as restrictive for insert to upstander_staff
  with check (asked_by = (select asker()) and agreed_by is null and withdrawn_by is null and done_at is null);
create policy second_person on destructions as restrictive for update to upstander_staff
  using (done_at is null and withdrawn_at is null)
  with check (done_at is null and (withdrawn_by = (select asker()) or (withdrawn_by is null and agreed_by = (select asker()))));
