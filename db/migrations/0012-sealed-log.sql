-- The log moves from a chain of hashes to a tree in files (src/sealed-log). What was written before stays as it is.
alter table audit_entries rename to audit_entries_before;
alter table audit_entries_before rename constraint audit_entries_pkey to audit_entries_before_pkey;
alter table audit_entries_before rename constraint audit_entries_hash_key to audit_entries_before_hash_key;
alter table audit_entries_before rename constraint audit_entries_outcome_check to audit_entries_before_outcome_check;
drop index audit_entries_by_subject;
drop index audit_entries_by_who;

-- One row an entry. `leaf` is what the tree holds: it names nobody, only salted hashes. Emptying salt and the four columns
-- before it makes the entry anonymous and leaves the tree as it is. `mac` is made with a key that is not in this store.
create table audit_entries (
  seq bigint primary key,
  at timestamptz not null,
  what text not null,
  outcome text not null check (outcome in ('allowed', 'refused', 'failed', 'done')),
  who text not null,
  subject text not null,
  why text not null,
  came_from text not null,
  salt text not null,
  leaf text not null,
  mac text not null
);
create index audit_entries_by_subject on audit_entries (subject, seq);
create index audit_entries_by_who on audit_entries (who, seq);
create index audit_entries_by_what on audit_entries (what, seq);

create function audit_entries_only_anonymised() returns trigger language plpgsql as $$
begin
  if (new.seq, new.at, new.what, new.outcome, new.leaf, new.mac)
       is not distinct from (old.seq, old.at, old.what, old.outcome, old.leaf, old.mac)
     and (new.who, new.subject, new.why, new.came_from, new.salt) = ('', '', '', '', '') then
    return new;
  end if;
  raise exception 'The log can only be added to.';
end
$$;
create trigger audit_entries_only_anonymised before update on audit_entries
  for each row execute function audit_entries_only_anonymised();
create trigger audit_entries_stay before delete on audit_entries
  for each row execute function audit_entries_stay();
create trigger audit_entries_stay_whole before truncate on audit_entries
  for each statement execute function audit_entries_stay();

-- Which log this store belongs to, and which process adds to it: two at once would number two entries alike.
create table audit_log (
  one boolean primary key default true check (one),
  origin text not null,
  holder text not null,
  token text not null,
  until timestamptz not null
);
