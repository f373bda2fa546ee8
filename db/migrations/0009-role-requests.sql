-- Roles that read police data, given by an administrator: they count once another person has confirmed who holds the account.
create table role_requests (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  role text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  answered_by text references users (id),
  answered_at timestamptz,
  granted boolean,
  constraint role_requests_answered_whole check ((answered_at is null) = (granted is null))
);
create unique index role_requests_open on role_requests (user_id, role) where answered_at is null;
