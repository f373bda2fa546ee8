-- The store decides again who sees what, whatever the app asks it. The staff app works as upstander_staff, which owns nothing; who asks
-- follows from the session's token, whose SHA-256 is set for one transaction. Grants are in db/roles.sql, given anew at every start.
do $$
declare
  each text;
begin
  foreach each in array array['upstander_service', 'upstander_staff', 'upstander_accounts'] loop
    if not exists (select 1 from pg_roles where rolname = each) then
      execute format('create role %I nologin noinherit nosuperuser nocreatedb nocreaterole', each);
    end if;
  end loop;
end
$$;
-- Detection and the nightly jobs work as the owner, who is let through by this role and nothing else.
grant upstander_service to current_user;
grant usage, create on schema public to upstander_service;

-- Who asks. Null without a token that a session has, and for an account that was disabled.
create function asker() returns text language sql stable security definer set search_path = pg_catalog, public as $$
  select s.user_id from sessions s join users u on u.id = s.user_id
  where sha256(decode(s.token, 'escape')) = case
      when current_setting('upstander.token', true) ~ '^[0-9a-f]{64}$' then decode(current_setting('upstander.token', true), 'hex')
    end
    and u.disabled_at is null
$$;

-- Whether who asks holds one of these roles now. Which role may do what is in src/access/roles.ts; a test holds the two together.
create function asker_is(variadic held text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select 1 from user_roles r where r.user_id = asker() and r.role = any (held))
$$;

-- Whether the connection is one that acts for somebody who is signed in, and so may see only what they may.
create function acts_for_somebody() returns boolean language sql stable security definer set search_path = pg_catalog, public as $$
  select current_setting('role') in ('upstander_staff', 'upstander_accounts') or session_user in ('upstander_staff', 'upstander_accounts')
$$;

-- Concerns that have an authorisation, for those who oversee authorisations and see nothing else of a concern.
create function overseen_refs() returns text[] language sql stable security definer set search_path = pg_catalog, public as $$
  select case when asker_is('auditor', 'data_protection') then
    (select coalesce(array_agg(distinct a.concern_ref), '{}') from authorisations a) else '{}' end
$$;

-- Figures for everybody, of everything but what is kept from who asks: a total that moved would tell them that it is there.
create function counted_concerns() returns setof text language sql stable security definer set search_path = pg_catalog, public as $$
  select c.ref from concerns c
  where (asker() is not null or not acts_for_somebody())
    and not exists (select 1 from exclusions x where x.user_id = asker() and x.ended_at is null and x.staff_id = c.staff_id)
    and not exists (select 1 from exclusions x
      where x.user_id = asker() and x.ended_at is null and x.person_id <> '' and x.person_id = c.person_id)
$$;
create function count_entered(first_day date, last_day date) returns bigint
language sql stable security definer set search_path = pg_catalog, public as $$
  select count(*) from concern_history h
  where h.entered_review_on between first_day and last_day and h.ref in (select counted_concerns())
$$;
create function count_decided(first_day date, last_day date)
returns table (indicator text, version integer, edition integer, developed bigint, explained bigint, cannot_tell bigint, watching bigint,
  explained_lately bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select i.indicator, i.version, i.edition,
    count(*) filter (where d.kind = 'develop'), count(*) filter (where d.kind = 'no_concern'),
    count(*) filter (where d.kind = 'cannot_tell'), count(*) filter (where d.kind = 'keep_watching'),
    count(*) filter (where d.kind = 'no_concern' and e.entered_on between first_day and last_day)
  from dispositions d
  join disposition_indicators i on i.disposition = d.id
  left join lateral (
    select max(h.entered_review_on) as entered_on from concern_history h
    where h.ref = d.ref and h.entered_review_on is not null and h.at <= d.at
  ) e on true
  where d.undone_at is null and i.points > 0 and d.ref in (select counted_concerns())
    and (d.kind in ('no_concern', 'cannot_tell') or not exists (
      select 1 from dispositions later where later.ref = d.ref and later.undone_at is null and later.id > d.id))
  group by i.indicator, i.version, i.edition
  order by i.indicator, i.version, i.edition
$$;

do $$
declare
  each text;
begin
  foreach each in array array['concerns', 'concern_evidence', 'concern_history', 'dispositions', 'disposition_indicators', 'unmasks',
    'sweeps', 'notices', 'tip_offs', 'authorisations', 'authorisation_reviews', 'exceptions', 'staff_links', 'exclusions',
    'exclusion_ends'] loop
    execute format('alter table %I enable row level security', each);
    execute format('alter table %I force row level security', each);
    execute format('create policy service on %I to upstander_service using (true) with check (true)', each);
  end loop;
  foreach each in array array['concern_evidence', 'concern_history', 'dispositions', 'unmasks', 'sweeps', 'notices'] loop
    execute format('create policy unit on %I to upstander_staff using ((select asker_is(''analyst'', ''investigator'', ''head_of_unit'')))',
      each);
    execute format('create policy never on %I as restrictive to upstander_staff
      using (exists (select 1 from concerns c where c.ref = %I.ref)) with check (exists (select 1 from concerns c where c.ref = %I.ref))',
      each, each, each);
  end loop;
end
$$;

-- The role lets them, and nothing between them and those it is about stands against it. The second outweighs the first.
create policy unit on concerns to upstander_staff using ((select asker_is('analyst', 'investigator', 'head_of_unit')));
create policy oversight on concerns for select to upstander_staff using (ref = any ((select overseen_refs())::text[]));
create policy never on concerns as restrictive to upstander_staff using (
  not exists (select 1 from exclusions x
    where x.user_id = (select asker()) and x.ended_at is null and x.staff_id = concerns.staff_id)
  and not exists (select 1 from exclusions x
    where x.user_id = (select asker()) and x.ended_at is null and x.person_id <> '' and x.person_id = concerns.person_id));
create index concerns_of_person on concerns (person_id) where person_id <> '';

-- What somebody does, they do under their own name. A refusal is the same whether the concern is kept from them or not there.
create policy own_hand on concern_history as restrictive for insert to upstander_staff
  with check (by_user is null or by_user = (select asker()));
create policy own_hand on dispositions as restrictive for insert to upstander_staff with check (by_user = (select asker()));
create policy own_hand on sweeps as restrictive for insert to upstander_staff with check (by_user = (select asker()));
create policy own_hand on notices as restrictive for insert to upstander_staff with check (by_user = (select asker()));

-- Whoever asks to know who somebody is, another agrees, and for one shift at most.
create policy own_hand on unmasks as restrictive for insert to upstander_staff
  with check (asked_by = (select asker()) and granted_by is null and granted_at is null and expires_at is null);
create policy second_person on unmasks as restrictive for update to upstander_staff
  using (asked_by <> (select asker()) and granted_at is null and (select asker_is('investigator', 'head_of_unit')))
  with check (granted_by = (select asker()));
alter table unmasks add constraint unmasks_two_persons check (granted_by is null or granted_by <> asked_by) not valid;
alter table unmasks add constraint unmasks_for_a_shift check (expires_at is null or expires_at <= granted_at + interval '8 hours') not valid;
-- One who saw names on their own word until now asks anew.
update unmasks set expires_at = granted_at where granted_by = asked_by;

create policy unit on disposition_indicators to upstander_staff
  using (exists (select 1 from dispositions d where d.id = disposition))
  with check (exists (select 1 from dispositions d where d.id = disposition));
create policy unit on tip_offs to upstander_staff
  using (exists (select 1 from notices n where n.id = notice_id)) with check (exists (select 1 from notices n where n.id = notice_id));

create policy unit on authorisations to upstander_staff
  using ((select asker_is('analyst', 'investigator', 'head_of_unit', 'auditor', 'data_protection')));
create policy never on authorisations as restrictive to upstander_staff
  using (exists (select 1 from concerns c where c.ref = concern_ref))
  with check (exists (select 1 from concerns c where c.ref = concern_ref));
create policy unit on authorisation_reviews to upstander_staff
  using (exists (select 1 from authorisations a where a.ref = authorisation))
  with check (exists (select 1 from authorisations a where a.ref = authorisation));

create policy unit on exceptions to upstander_staff using ((select asker_is('analyst', 'investigator', 'head_of_unit')));
create policy never on exceptions as restrictive to upstander_staff using (
  (concern_ref is null or exists (select 1 from concerns c where c.ref = concern_ref))
  and not exists (select 1 from exclusions x where x.user_id = (select asker()) and x.ended_at is null
    and (x.staff_id = exceptions.staff_id or (x.person_id <> '' and x.person_id = exceptions.person_id))));

-- Everybody's own, for the policies above to read; and taking oneself off.
create policy own on exclusions for select to upstander_staff using (user_id = (select asker()));
create policy recusal on exclusions for insert to upstander_staff
  with check (user_id = (select asker()) and by_user = (select asker()) and kind = 'recusal');
-- Those named in a notice as colleagues.
create policy notice on staff_links for insert to upstander_staff with check (
  kind = 'associate' and source like 'notices:%' and (select asker_is('investigator', 'head_of_unit')));

alter function counted_concerns() owner to upstander_service;
alter function count_entered(date, date) owner to upstander_service;
alter function count_decided(date, date) owner to upstander_service;
alter function overseen_refs() owner to upstander_service;
alter function derive_exclusions(timestamptz, text) owner to upstander_service;

-- The log names concerns that are kept from those who write to it: whoever acts adds entries, and auditors alone read them.
create function last_audit_entry() returns bigint language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce((select max(e.seq) from audit_entries e), 0)
$$;
alter table audit_entries enable row level security;
create policy service on audit_entries to upstander_service using (true) with check (true);
create policy adding on audit_entries for insert to upstander_staff, upstander_accounts with check (true);
create policy auditing on audit_entries for select to upstander_staff using ((select asker_is('auditor', 'data_protection')));
