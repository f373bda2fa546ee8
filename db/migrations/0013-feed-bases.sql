-- On what lawful basis each feed is read, as the force's data protection officer said it. The last row about a feed counts.
create table feed_bases (
  id bigint generated always as identity primary key,
  feed text not null check (feed <> ''),
  basis text not null check (basis <> ''),
  -- How staff were told, and on which day; no day where telling them is restricted.
  notice text not null check (notice <> ''),
  notice_on date,
  owner text not null check (owner <> ''),
  retention_days integer not null check (retention_days > 0),
  -- Last day on which it counts without being looked at again.
  until_on date not null,
  -- For invented records: it counts only while no newer batch was taken in. Null for the records of a force.
  through_batch integer,
  withdrawn boolean not null default false,
  reason text not null check (reason <> ''),
  made_by text not null check (made_by <> ''),
  made_at timestamptz not null
);
create index feed_bases_of_feed on feed_bases (feed, id);
