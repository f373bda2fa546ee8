-- Who is close to whom, as the records said on some night. Rows are only added: a change of HR data takes nothing away.
create table staff_links (
  staff_id text not null check (staff_id <> ''),
  other_staff_id text not null default '',
  person_id text not null default '',
  -- supervises: staff_id is the line manager. self: the person is this member of staff.
  kind text not null check (kind in ('supervises', 'colleague', 'associate', 'partner', 'family', 'self')),
  source text not null check (source <> ''),
  first_seen_at timestamptz not null,
  primary key (staff_id, other_staff_id, person_id, kind),
  constraint staff_links_to_one check ((other_staff_id = '') <> (person_id = ''))
);
create index staff_links_of_other on staff_links (other_staff_id, kind) where other_staff_id <> '';
create index staff_links_of_person on staff_links (person_id) where person_id <> '';

-- From whom and about whom everything is kept: a member of staff, or a member of the public.
create table exclusions (
  id text primary key default gen_random_uuid()::text,
  user_id text not null references users (id),
  staff_id text not null default '',
  person_id text not null default '',
  kind text not null check (kind in ('self', 'line', 'colleague', 'associate', 'partner', 'family', 'by_hand', 'recusal')),
  source text not null,
  reason text not null default '',
  by_user text references users (id),
  since timestamptz not null,
  ended_at timestamptz,
  constraint exclusions_from_one check ((staff_id = '') <> (person_id = '')),
  constraint exclusions_by_hand_have_a_reason check (kind <> 'by_hand' or (reason <> '' and by_user is not null)),
  constraint exclusions_once unique (user_id, staff_id, person_id, kind)
);
create index exclusions_in_force on exclusions (user_id, staff_id, person_id) where ended_at is null;

-- One person asks that an exclusion ends and says why; another agrees.
create table exclusion_ends (
  id text primary key,
  exclusion_id text not null references exclusions (id),
  asked_by text not null references users (id),
  asked_at timestamptz not null,
  reason text not null check (reason <> ''),
  agreed_by text references users (id),
  agreed_at timestamptz,
  constraint exclusion_ends_two_persons check (agreed_by is null or agreed_by <> asked_by),
  constraint exclusion_ends_agreed_whole check ((agreed_by is null) = (agreed_at is null))
);
create unique index exclusion_ends_open on exclusion_ends (exclusion_id) where agreed_at is null;

create function links_stay() returns trigger language plpgsql as $$
begin
  raise exception 'Who is close to whom can only be added to.';
end
$$;
create trigger staff_links_stay before update or delete on staff_links for each row execute function links_stay();
create trigger staff_links_stay_whole before truncate on staff_links for each statement execute function links_stay();

create function exclusions_stay() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.ended_at is null and new.ended_at is not null and old.kind <> 'self'
      and to_jsonb(new) - 'ended_at' = to_jsonb(old) - 'ended_at'
      and exists (select 1 from exclusion_ends e where e.exclusion_id = old.id and e.agreed_at is not null
        and e.asked_by <> old.user_id and e.agreed_by <> old.user_id)
    then
      return new;
    end if;
  end if;
  raise exception 'An exclusion ends only when two others have agreed to it.';
end
$$;
create trigger exclusions_stay before update or delete on exclusions for each row execute function exclusions_stay();
create trigger exclusions_stay_whole before truncate on exclusions for each statement execute function exclusions_stay();

-- Keeps those who sign in from what is about themselves, their line, their colleagues, and those they or the others declared.
-- Follows every link that was ever seen, and ends no exclusion.
create function derive_exclusions(at timestamptz, only_user text) returns bigint
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  added bigint;
begin
    insert into exclusions (user_id, staff_id, person_id, kind, source, since)
    with recursive
      person as (
        select id as user_id, staff_id from users where staff_id is not null and id = coalesce(only_user, id)
      ),
      above as (
        select user_id, staff_id, ''::text as source from person
        union
        select a.user_id, l.staff_id, l.source from above a
        join staff_links l on l.other_staff_id = a.staff_id and l.kind = 'supervises'
      ),
      below as (
        select user_id, staff_id, ''::text as source from person
        union
        select b.user_id, l.other_staff_id, l.source from below b
        join staff_links l on l.staff_id = b.staff_id and l.kind = 'supervises'
      ),
      found as (
        select user_id, staff_id, '' as person_id, 'self' as kind, 'users' as source from person
        union all
        select user_id, staff_id, '', 'line', source from above where source <> ''
        union all
        select user_id, staff_id, '', 'line', source from below where source <> ''
        union all
        select p.user_id, l.other_staff_id, '', l.kind, l.source from person p
        join staff_links l on l.staff_id = p.staff_id and l.kind <> 'supervises' and l.other_staff_id <> ''
        union all
        select p.user_id, l.staff_id, '', l.kind, l.source from person p
        join staff_links l on l.other_staff_id = p.staff_id and l.kind <> 'supervises'
        union all
        -- Members of the public whom they declared, are related to, or are themselves.
        select p.user_id, '', l.person_id, l.kind, l.source from person p
        join staff_links l on l.staff_id = p.staff_id and l.person_id <> ''
        union all
        -- A colleague whom they declared as a member of the public, or who declared them so.
        select p.user_id, s.staff_id, '', l.kind, l.source from person p
        join staff_links l on l.staff_id = p.staff_id and l.person_id <> '' and l.kind <> 'self'
        join staff_links s on s.person_id = l.person_id and s.kind = 'self'
        union all
        select p.user_id, l.staff_id, '', l.kind, l.source from person p
        join staff_links s on s.staff_id = p.staff_id and s.kind = 'self'
        join staff_links l on l.person_id = s.person_id and l.kind <> 'self'
      )
    select f.user_id, f.staff_id, f.person_id, f.kind, min(f.source), at
    from found f join person p on p.user_id = f.user_id
    where f.kind = 'self' or f.staff_id <> p.staff_id
    group by f.user_id, f.staff_id, f.person_id, f.kind
    on conflict do nothing;
  get diagnostics added = row_count;
  return added;
end
$$;
create function derive_own_exclusions() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform derive_exclusions(now(), new.id);
  return null;
end
$$;
create trigger users_are_kept_from_their_own after insert or update of staff_id on users
  for each row when (new.staff_id is not null) execute function derive_own_exclusions();

-- Whoever took themselves off one concern is now kept from everything about the same people.
insert into exclusions (user_id, staff_id, kind, source, since)
  select r.user_id, c.staff_id, 'recusal', 'recusals', min(r.at) from recusals r join concerns c on c.ref = r.ref
  group by r.user_id, c.staff_id on conflict do nothing;
insert into exclusions (user_id, person_id, kind, source, since)
  select r.user_id, c.person_id, 'recusal', 'recusals', min(r.at) from recusals r join concerns c on c.ref = r.ref
  where r.knows in ('person', 'both') and c.person_id <> '' group by r.user_id, c.person_id on conflict do nothing;
drop table recusals;
