-- Concerns that wait, and that every reader with an account is kept from: by reference alone, to those who oversee the unit and are not
-- kept from them themselves. Somebody must pass them on.
create function concerns_nobody_may_read() returns setof text
language sql stable security definer set search_path = pg_catalog, public as $$
  select c.ref from concerns c
  where c.status not in ('noted', 'closed')
    and (not acts_for_somebody() or asker_is('auditor', 'data_protection'))
    and c.ref in (select counted_concerns())
    and not exists (
      select 1 from users u join user_roles r on r.user_id = u.id and r.role in ('analyst', 'investigator', 'head_of_unit')
      where u.disabled_at is null and not exists (
        select 1 from exclusions x where x.user_id = u.id and x.ended_at is null
          and (x.staff_id = c.staff_id or (x.person_id <> '' and x.person_id = c.person_id))))
  order by c.ref
$$;
