-- Who knows somebody that a concern is about: they are taken off it, and for them it is not there.
create table recusals (
  ref text not null references concerns (ref),
  user_id text not null references users (id),
  knows text not null check (knows in ('staff', 'person', 'both')),
  at timestamptz not null,
  primary key (ref, user_id)
);
