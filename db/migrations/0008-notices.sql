-- From when on somebody knows that they are looked at, whom to watch about whom since, and what the records then show.
create table notices (
  id text primary key,
  ref text not null references concerns (ref),
  kind text not null check (kind <> ''),
  since timestamptz not null,
  people jsonb not null,
  colleagues jsonb not null,
  authorisation text not null,
  reason text not null check (reason <> ''),
  by_user text not null references users (id),
  at timestamptz not null,
  checked_at timestamptz,
  ended_at timestamptz,
  ended_by text references users (id),
  end_reason text,
  constraint notices_colleagues_authorised check (colleagues = '[]'::jsonb or authorisation <> ''),
  constraint notices_end_has_a_reason check ((ended_at is null) = (end_reason is null))
);
create index notices_of_concern on notices (ref, at);

create table tip_offs (
  notice_id text not null references notices (id),
  staff_id text not null,
  person_id text not null,
  record_id text not null,
  kind text not null check (kind in ('contact', 'look_up', 'stay')),
  at timestamptz not null,
  says text not null,
  explained boolean not null,
  first_seen_at timestamptz not null,
  primary key (notice_id, staff_id, person_id, record_id)
);
