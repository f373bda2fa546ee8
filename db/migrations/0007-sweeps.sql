-- Sweeps: the method of a concern run over everyone a member of staff met, the footing it stood on, and what it found.
create table sweeps (
  id text primary key,
  ref text not null references concerns (ref),
  by_user text not null references users (id),
  at timestamptz not null,
  authorisation text not null check (authorisation <> ''),
  basis text not null check (basis <> ''),
  necessity text not null check (necessity <> ''),
  proportionality text not null check (proportionality <> ''),
  result jsonb not null
);
create index sweeps_of_concern on sweeps (ref, at);
