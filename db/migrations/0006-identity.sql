-- Sessions made before this knew neither their limits nor how their holder signed in: everybody signs in again.
delete from sessions;

alter table users add column staff_id text;
alter table users add column disabled_at timestamptz;
-- A password that somebody else made is good for choosing one's own, until this moment. Null: the person's own password.
alter table users add column password_expires_at timestamptz;
create index users_of_staff on users (staff_id) where staff_id is not null;

alter table sessions add column method text not null default 'password'
  check (method in ('password', 'passkey', 'directory'));
alter table sessions add column second_step boolean not null default false;
alter table sessions add column opened_at timestamptz not null default now();
alter table sessions add column seen_at timestamptz not null default now();
-- When the person last showed who they are: the gravest acts ask for it anew.
alter table sessions add column proved_at timestamptz not null default now();
-- Row-level security finds who asks by the SHA-256 of the session's token, as 32 bytes.
create unique index sessions_by_token_hash on sessions (sha256(decode(token, 'escape')));

-- Authenticator apps. The secret is encrypted with the session key of the data folder, which is outside this store.
create table authenticators (
  user_id text primary key references users (id) on delete cascade,
  secret text not null,
  made_at timestamptz not null,
  confirmed_at timestamptz,
  -- The period of the last code that was used: a code is good once.
  last_counter bigint not null default 0
);

create table recovery_codes (
  user_id text not null references users (id) on delete cascade,
  hash text not null,
  used_at timestamptz,
  primary key (user_id, hash)
);

create table passkeys (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  public_key text not null,
  counter bigint not null,
  transports text not null,
  name text not null check (name <> ''),
  made_at timestamptz not null,
  used_at timestamptz
);
create index passkeys_of_user on passkeys (user_id);

-- What a sign-in that is under way waits for. The browser holds a random word; here is its hash.
create table sign_in_steps (
  id text primary key,
  kind text not null,
  user_id text references users (id) on delete cascade,
  detail jsonb not null,
  tries integer not null default 0,
  expires_at timestamptz not null
);
create index sign_in_steps_by_expiry on sign_in_steps (expires_at);

-- Wrong tries, by what they are counted for; the buckets are keyed hashes.
create table sign_in_failures (
  id bigint generated always as identity primary key,
  bucket text not null,
  at timestamptz not null
);
create index sign_in_failures_by_bucket on sign_in_failures (bucket, at);
