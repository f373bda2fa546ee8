-- One concern, opened in an emergency to one person for an hour, once two others from other lines have agreed.
create table break_glass (
  ref text primary key check (ref ~ '^[2-9A-Z]{4}-[2-9A-Z]{4}$'),
  concern_ref text not null references concerns (ref),
  cause text not null check (cause <> ''),
  reason text not null check (reason <> ''),
  asked_by text not null references users (id),
  asked_at timestamptz not null,
  opened_at timestamptz,
  expires_at timestamptz,
  reviewed_by text references users (id),
  reviewed_at timestamptz,
  justified boolean,
  review text,
  constraint break_glass_for_an_hour check ((opened_at is null) = (expires_at is null) and expires_at <= opened_at + interval '60 minutes'),
  constraint break_glass_reviewed_whole check (
    (reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (justified is null) and (reviewed_at is null) = (review is null)),
  constraint break_glass_reviewed_by_another check (reviewed_by <> asked_by)
);
create index break_glass_of_person on break_glass (asked_by, asked_at);

create table break_glass_approvals (
  break_glass text not null references break_glass (ref),
  by_user text not null references users (id),
  at timestamptz not null,
  reason text not null check (reason <> ''),
  primary key (break_glass, by_user)
);

-- Whether everything about this concern is kept from a person; true also where there is no such concern.
create function kept_from(person text, concern text) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select not exists (
    select 1 from concerns c where c.ref = concern
      and not exists (select 1 from exclusions x where x.user_id = person and x.ended_at is null and x.staff_id = c.staff_id)
      and not exists (select 1 from exclusions x
        where x.user_id = person and x.ended_at is null and x.person_id <> '' and x.person_id = c.person_id))
$$;

-- The same for the app to ask: whoever acts for somebody learns it of that person alone.
create function is_kept_from(person text, concern text) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select (acts_for_somebody() and person is distinct from asker()) or kept_from(person, concern)
$$;

-- Whether two people are in one line: one is above the other at any depth, or both have the same manager. True where that is not known.
create function shares_line(one text, other text) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  with recursive a as (select staff_id from users where id = one), b as (select staff_id from users where id = other),
    above_a as (
      select staff_id from a union select l.staff_id from above_a u join staff_links l on l.other_staff_id = u.staff_id and l.kind = 'supervises'),
    above_b as (
      select staff_id from b union select l.staff_id from above_b u join staff_links l on l.other_staff_id = u.staff_id and l.kind = 'supervises')
  select coalesce((select staff_id from a), '') = '' or coalesce((select staff_id from b), '') = ''
    or exists (select 1 from above_a u join b on b.staff_id = u.staff_id)
    or exists (select 1 from above_b u join a on a.staff_id = u.staff_id)
    or exists (select 1 from staff_links x join staff_links y on y.staff_id = x.staff_id and y.kind = 'supervises'
      join a on a.staff_id = x.other_staff_id join b on b.staff_id = y.other_staff_id where x.kind = 'supervises')
$$;

-- What stands against a person's approval at a moment: one word, or nothing.
create function break_glass_obstacle(glass text, person text, at timestamptz) returns text
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce((
    select case
      when acts_for_somebody() and person is distinct from asker() then 'missing'
      when not exists (select 1 from user_roles r where r.user_id = person and r.role in ('investigator', 'head_of_unit')) then 'missing'
      when kept_from(person, g.concern_ref) then 'missing'
      when g.asked_by = person then 'own'
      when g.opened_at is not null then 'opened'
      when at < g.asked_at or at > g.asked_at + interval '60 minutes' then 'late'
      when exists (select 1 from break_glass_approvals p where p.break_glass = g.ref and p.by_user = person) then 'twice'
      when kept_from(g.asked_by, g.concern_ref) then 'missing'
      when shares_line(g.asked_by, person) then 'line'
      when exists (select 1 from break_glass_approvals p where p.break_glass = g.ref and shares_line(p.by_user, person)) then 'same_line'
      else '' end
    from break_glass g where g.ref = glass), 'missing')
$$;

-- The store itself counts to two and opens: of approvals at the same moment each waits for the one before.
create function break_glass_approve() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  obstacle text;
begin
  perform 1 from break_glass g where g.ref = new.break_glass for update;
  obstacle := break_glass_obstacle(new.break_glass, new.by_user, new.at);
  if obstacle <> '' then
    raise exception 'This approval does not count: %.', obstacle using errcode = '42501';
  end if;
  if (select count(*) from break_glass_approvals p where p.break_glass = new.break_glass) = 1 then
    update break_glass set opened_at = new.at, expires_at = new.at + interval '60 minutes' where ref = new.break_glass;
  end if;
  return new;
end
$$;
create trigger break_glass_approve before insert on break_glass_approvals for each row execute function break_glass_approve();

create function break_glass_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'break_glass' then
    if to_jsonb(new) - array['opened_at', 'expires_at', 'reviewed_by', 'reviewed_at', 'justified', 'review']
         = to_jsonb(old) - array['opened_at', 'expires_at', 'reviewed_by', 'reviewed_at', 'justified', 'review']
       and (old.opened_at is null or (new.opened_at, new.expires_at) is not distinct from (old.opened_at, old.expires_at))
       and old.reviewed_at is null then
      return new;
    end if;
  end if;
  raise exception 'What was done in an emergency can only be added to.';
end
$$;
create trigger break_glass_stays before update or delete on break_glass for each row execute function break_glass_stays();
create trigger break_glass_approvals_stay before update or delete on break_glass_approvals for each row execute function break_glass_stays();

-- The concern, for the one person it was opened to, while the hour lasts by the clock of the app and of the store. Never for anybody it is kept from.
create function read_broken_glass(glass text, person text, at timestamptz)
returns table (ref text, staff_id text, person_id text, band text, account text, parts jsonb, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.ref, c.staff_id, c.person_id, c.band, c.account, c.parts, g.expires_at
  from break_glass g join concerns c on c.ref = g.concern_ref
  where g.ref = glass and g.asked_by = person and (not acts_for_somebody() or asker() = person)
    and greatest(at, now()) < g.expires_at and at >= g.opened_at and not kept_from(person, g.concern_ref)
$$;
alter function kept_from(text, text) owner to upstander_service;
alter function is_kept_from(text, text) owner to upstander_service;
alter function shares_line(text, text) owner to upstander_service;
alter function break_glass_obstacle(text, text, timestamptz) owner to upstander_service;
alter function break_glass_approve() owner to upstander_service;
alter function read_broken_glass(text, text, timestamptz) owner to upstander_service;

do $$
declare
  each text;
begin
  foreach each in array array['break_glass', 'break_glass_approvals'] loop
    execute format('alter table %I enable row level security', each);
    execute format('alter table %I force row level security', each);
    execute format('create policy service on %I to upstander_service using (true) with check (true)', each);
  end loop;
end
$$;
create policy part on break_glass to upstander_staff using (
  asked_by = (select asker()) or (select asker_is('analyst', 'investigator', 'head_of_unit', 'auditor', 'data_protection')));
create policy never on break_glass as restrictive to upstander_staff
  using (not is_kept_from((select asker()), concern_ref)) with check (not is_kept_from((select asker()), concern_ref));
create policy own_hand on break_glass as restrictive for insert to upstander_staff with check (
  asked_by = (select asker()) and opened_at is null and reviewed_at is null
  and (select asker_is('analyst', 'investigator', 'head_of_unit', 'case_handler', 'survivor_engagement', 'prevent')));
create policy reviewing on break_glass as restrictive for update to upstander_staff
  using ((select asker_is('auditor', 'data_protection'))) with check (reviewed_by = (select asker()));
create policy part on break_glass_approvals to upstander_staff
  using (exists (select 1 from break_glass g where g.ref = break_glass))
  with check (by_user = (select asker()) and exists (select 1 from break_glass g where g.ref = break_glass));
