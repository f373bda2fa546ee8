-- On what footing somebody looks deeper than the routine run: asked for by one person, answered by another, over on a day.
create table authorisations (
  ref text primary key check (ref ~ '^[2-9A-Z]{4}-[2-9A-Z]{4}$'),
  kind text not null check (kind <> ''),
  concern_ref text not null references concerns (ref),
  -- Staff ids it covers beside the member of staff of the concern.
  colleagues jsonb not null,
  -- Days of the records it covers.
  from_on date not null,
  to_on date not null,
  days integer not null check (days > 0),
  basis text not null check (basis <> ''),
  necessity text not null check (necessity <> ''),
  proportionality text not null check (proportionality <> ''),
  asked_by text not null references users (id),
  asked_at timestamptz not null,
  answered_by text references users (id),
  answered_at timestamptz,
  granted boolean,
  answer text,
  expires_at timestamptz,
  review_by date,
  ended_by text references users (id),
  ended_at timestamptz,
  end_reason text,
  constraint authorisations_days_in_order check (from_on <= to_on),
  constraint authorisations_by_two_people check (answered_by <> asked_by),
  constraint authorisations_answered_whole check (
    (answered_at is null) = (granted is null) and (answered_at is null) = (answer is null) and (answered_at is null) = (answered_by is null)
  ),
  constraint authorisations_granted_for_a_time check ((granted is true) = (expires_at is not null) and (granted is true) = (review_by is not null)),
  constraint authorisations_end_has_a_reason check ((ended_at is null) = (end_reason is null))
);
create index authorisations_of_concern on authorisations (concern_ref, asked_at);

-- Each time somebody looked at one again and let it stand.
create table authorisation_reviews (
  id bigint generated always as identity primary key,
  authorisation text not null references authorisations (ref),
  by_user text not null references users (id),
  at timestamptz not null,
  reason text not null check (reason <> ''),
  next_by date not null
);
create index authorisation_reviews_of_one on authorisation_reviews (authorisation, id);
