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
