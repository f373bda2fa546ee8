-- The head of unit and investigators see from whom a concern they may read is kept, and keep others from it by hand. Of somebody who
-- is close to them in turn nothing differs: what they may not see themselves they cannot ask about.
create function asker_may_read(asked_ref text) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select 1 from concerns c where c.ref = asked_ref
    and not exists (select 1 from exclusions x where x.user_id = asker() and x.ended_at is null
      and (x.staff_id = c.staff_id or (x.person_id <> '' and x.person_id = c.person_id))))
    and (not acts_for_somebody() or asker_is('investigator', 'head_of_unit'))
$$;
create function kept_from_concern(asked_ref text)
returns table (id text, user_id text, name text, kind text, of_staff boolean, reason text, since timestamptz, ended_at timestamptz,
  end_id text, end_reason text, end_asked_by text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select x.id, x.user_id, u.name, x.kind, x.staff_id <> '', x.reason, x.since, x.ended_at, e.id, e.reason, e.asked_by
  from concerns c
  join exclusions x on x.staff_id = c.staff_id or (x.person_id <> '' and x.person_id = c.person_id)
  join users u on u.id = x.user_id
  left join exclusion_ends e on e.exclusion_id = x.id and e.agreed_at is null
  where c.ref = asked_ref and asker_may_read(asked_ref)
  order by u.name, x.kind, x.id
$$;

-- Keeps somebody from everything about the member of staff of a concern. Under the asker's own name, for a reason.
create function exclude_by_hand(asked_ref text, whom text, why text, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not asker_may_read(asked_ref) or whom = asker() then
    return false;
  end if;
  insert into exclusions (user_id, staff_id, kind, source, reason, by_user, since)
    select u.id, c.staff_id, 'by_hand', 'concerns:' || c.ref, why, asker(), at
    from users u, concerns c where u.id = whom and c.ref = asked_ref
    on conflict do nothing;
  return found;
end
$$;

-- One asks that an exclusion ends, another agrees; neither is the one who is kept away, and no one ends what is about themselves.
create function ask_exclusion_end(asked_ref text, exclusion text, why text, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into exclusion_ends (id, exclusion_id, asked_by, asked_at, reason)
    select gen_random_uuid()::text, k.id, asker(), at, why from kept_from_concern(asked_ref) k
    where k.id = exclusion and k.kind <> 'self' and k.ended_at is null and k.end_id is null and k.user_id <> asker();
  return found;
end
$$;
create function agree_exclusion_end(asked_ref text, exclusion text, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update exclusion_ends e set agreed_by = asker(), agreed_at = at from kept_from_concern(asked_ref) k
    where k.id = exclusion and e.id = k.end_id and k.end_asked_by <> asker() and k.user_id <> asker();
  if not found then
    return false;
  end if;
  update exclusions set ended_at = at where id = exclusion;
  return true;
end
$$;
alter function asker_may_read(text) owner to upstander_service;
alter function kept_from_concern(text) owner to upstander_service;
alter function exclude_by_hand(text, text, text, timestamptz) owner to upstander_service;
alter function ask_exclusion_end(text, text, text, timestamptz) owner to upstander_service;
alter function agree_exclusion_end(text, text, timestamptz) owner to upstander_service;
