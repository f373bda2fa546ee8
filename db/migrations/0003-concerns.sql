-- One concern for a pair, for ever: a closed one opens again, so a second can never stand beside it.
create table concerns (
  ref text primary key check (ref ~ '^[2-9A-Z]{4}-[2-9A-Z]{4}$'),
  staff_id text not null check (staff_id <> ''),
  person_id text not null,
  status text not null check (status in ('noted', 'to_review', 'watching', 'developing', 'closed')),
  band text not null check (band in ('none', 'watch', 'review', 'develop', 'priority')),
  points double precision not null,
  bonus double precision not null,
  account text not null,
  parts jsonb not null,
  reached_on jsonb not null,
  fingerprint text not null,
  on_day date not null,
  opened_at timestamptz not null,
  waiting_since timestamptz,
  due_on date,
  watch_until date,
  closed_at timestamptz,
  decided_band text,
  version integer not null default 1,
  constraint concerns_one_for_a_pair unique (staff_id, person_id),
  constraint concerns_wait_only_for_review check ((status = 'to_review') = (waiting_since is not null)),
  constraint concerns_watch_until_a_day check ((status = 'watching') = (watch_until is not null)),
  constraint concerns_closed_at_a_moment check ((status = 'closed') = (closed_at is not null))
);
create index concerns_in_queue on concerns (status, points desc);

create table concern_evidence (
  ref text not null references concerns (ref),
  evidence_id text not null,
  first_seen_at timestamptz not null,
  gone_at timestamptz,
  primary key (ref, evidence_id)
);

create table concern_history (
  id bigint generated always as identity primary key,
  ref text not null references concerns (ref),
  at timestamptz not null,
  kind text not null,
  by_user text references users (id),
  detail jsonb not null,
  entered_review_on date
);
create index concern_history_of_concern on concern_history (ref, id);
create index concern_history_of_reviews on concern_history (entered_review_on) where entered_review_on is not null;

create table dispositions (
  id bigint generated always as identity primary key,
  ref text not null references concerns (ref),
  kind text not null check (kind in ('no_concern', 'keep_watching', 'develop', 'cannot_tell')),
  explanation text,
  until_on date,
  reason text not null check (reason <> ''),
  by_user text not null references users (id),
  at timestamptz not null,
  band text not null,
  points double precision not null,
  before jsonb not null,
  undone_at timestamptz
);
create index dispositions_of_concern on dispositions (ref, id);

create table unmasks (
  id text primary key,
  ref text not null references concerns (ref),
  asked_by text not null references users (id),
  asked_at timestamptz not null,
  reason text not null check (reason <> ''),
  granted_by text references users (id),
  granted_at timestamptz,
  expires_at timestamptz
);
create index unmasks_of_concern on unmasks (ref, asked_by);

create table raise_runs (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  on_day date,
  staff_count bigint not null,
  opened integer not null,
  joined integer not null,
  reopened integer not null,
  unchanged integer not null
);
