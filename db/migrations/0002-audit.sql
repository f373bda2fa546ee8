-- The log. Each entry holds the hash of the one before it, so that a change anywhere shows.
create table audit_entries (
  seq bigint primary key,
  at timestamptz not null,
  who text not null,
  what text not null,
  subject text not null,
  why text not null,
  came_from text not null,
  outcome text not null check (outcome in ('allowed', 'refused', 'failed', 'done')),
  previous_hash text not null,
  hash text not null unique
);
create index audit_entries_by_subject on audit_entries (subject, seq);
create index audit_entries_by_who on audit_entries (who, seq);

create function audit_entries_stay() returns trigger language plpgsql as $$
begin
  raise exception 'The log can only be added to.';
end
$$;
create trigger audit_entries_stay before update or delete on audit_entries
  for each row execute function audit_entries_stay();
create trigger audit_entries_stay_whole before truncate on audit_entries
  for each statement execute function audit_entries_stay();
