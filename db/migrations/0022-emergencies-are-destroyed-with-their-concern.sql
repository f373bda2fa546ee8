-- What was done in an emergency goes when its concern is destroyed by the rules: with the trigger as it was, no concern that was ever opened
-- so could be destroyed. Only the owner of the tables, acting for nobody, in a transaction that says what it is about.
create or replace function break_glass_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'break_glass' then
    if to_jsonb(new) - array['opened_at', 'expires_at', 'reviewed_by', 'reviewed_at', 'justified', 'review']
         = to_jsonb(old) - array['opened_at', 'expires_at', 'reviewed_by', 'reviewed_at', 'justified', 'review']
       and (old.opened_at is null or (new.opened_at, new.expires_at) is not distinct from (old.opened_at, old.expires_at))
       and old.reviewed_at is null then
      return new;
    end if;
  end if;
  if tg_op = 'DELETE' and current_setting('upstander.destroying', true) = 'concerns' then
    if not acts_for_somebody() then
      return old;
    end if;
  end if;
  raise exception 'What was done in an emergency can only be added to.';
end
$$;
