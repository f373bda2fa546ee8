-- What a unit changes about an indicator while it works on it: one draft for each.
create table indicator_drafts (
  indicator text primary key,
  content_version integer not null,
  changes jsonb not null,
  made_by text not null references users (id),
  changed_at timestamptz not null,
  preview jsonb,
  previewed_at timestamptz,
  reason text not null default '',
  asked_at timestamptz,
  version integer not null default 1,
  constraint indicator_drafts_asked_with_a_reason check (asked_at is null or reason <> '')
);

-- Changes that were published. Detection runs with the last one of each indicator; none is ever changed or taken away.
create table indicator_editions (
  indicator text not null,
  edition integer not null check (edition > 0),
  content_version integer not null,
  changes jsonb not null,
  preview jsonb,
  reason text not null check (reason <> ''),
  made_by text not null references users (id),
  agreed_by text references users (id),
  rolled_back_to integer check (rolled_back_to >= 0 and rolled_back_to < edition),
  at timestamptz not null,
  primary key (indicator, edition),
  constraint indicator_editions_two_persons check (rolled_back_to is not null or (agreed_by is not null and agreed_by <> made_by))
);

-- Which indicators a disposition was made on: says how often each was right.
create table disposition_indicators (
  disposition bigint not null references dispositions (id),
  indicator text not null,
  version integer not null,
  edition integer not null,
  points double precision not null,
  primary key (disposition, indicator)
);
create index disposition_indicators_by_indicator on disposition_indicators (indicator);
insert into disposition_indicators (disposition, indicator, version, edition, points)
  select d.id, i ->> 'id', (i ->> 'version')::integer, coalesce((i ->> 'edition')::integer, 0), (i ->> 'points')::double precision
  from dispositions d
  join concerns c on c.ref = d.ref
  cross join lateral jsonb_array_elements(c.parts) as p
  cross join lateral jsonb_array_elements(p -> 'indicators') as i
  on conflict do nothing;

-- What need not be shown, why, until when, and who answers for it.
create table exceptions (
  id text primary key,
  kind text not null check (kind in ('pair', 'plan', 'address', 'number')),
  staff_id text,
  person_id text,
  assignment_id text,
  lat double precision,
  lon double precision,
  number text,
  concern_ref text references concerns (ref),
  reason text not null check (reason <> ''),
  owner text not null references users (id),
  from_on date not null,
  until_on date not null,
  made_by text not null references users (id),
  made_at timestamptz not null,
  ended_by text references users (id),
  ended_at timestamptz,
  withdrawn boolean not null default false,
  constraint exceptions_of_a_pair check ((kind = 'pair') = (staff_id is not null and person_id is not null)),
  constraint exceptions_of_a_plan check ((kind = 'plan') = (assignment_id is not null)),
  constraint exceptions_of_an_address check ((kind = 'address') = (lat is not null and lon is not null)),
  constraint exceptions_of_a_number check ((kind = 'number') = (number is not null))
);

-- The nights on which detection was due, and what became of each.
create table nights (
  night date primary key,
  due_at timestamptz not null,
  outcome text not null check (outcome in ('ran', 'missed', 'failed')),
  why text not null,
  noted_at timestamptz not null,
  filled_at timestamptz,
  concerns integer,
  constraint nights_that_ran_need_no_filling check (outcome <> 'ran' or filled_at is null)
);
