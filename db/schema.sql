create table accounts (
  id text not null,
  account_id text not null,
  provider_id text not null,
  user_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_provider_id_account_id_key UNIQUE (provider_id, account_id)
);

create table audit_entries (
  seq bigint not null,
  at timestamp with time zone not null,
  what text not null,
  outcome text not null,
  who text not null,
  subject text not null,
  why text not null,
  came_from text not null,
  salt text not null,
  leaf text not null,
  mac text not null,
  constraint audit_entries_outcome_check CHECK ((outcome = ANY (ARRAY['allowed'::text, 'refused'::text, 'failed'::text, 'done'::text]))),
  constraint audit_entries_pkey PRIMARY KEY (seq)
);

create table audit_entries_before (
  seq bigint not null,
  at timestamp with time zone not null,
  who text not null,
  what text not null,
  subject text not null,
  why text not null,
  came_from text not null,
  outcome text not null,
  previous_hash text not null,
  hash text not null,
  constraint audit_entries_before_outcome_check CHECK ((outcome = ANY (ARRAY['allowed'::text, 'refused'::text, 'failed'::text, 'done'::text]))),
  constraint audit_entries_before_pkey PRIMARY KEY (seq),
  constraint audit_entries_before_hash_key UNIQUE (hash)
);

create table audit_log (
  one boolean not null default true,
  origin text not null,
  holder text not null,
  token text not null,
  until timestamp with time zone not null,
  constraint audit_log_one_check CHECK (one),
  constraint audit_log_pkey PRIMARY KEY (one)
);

create table authenticators (
  user_id text not null,
  secret text not null,
  made_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_counter bigint not null default 0,
  constraint authenticators_pkey PRIMARY KEY (user_id)
);

create table authorisation_reviews (
  id bigint generated always as identity not null,
  authorisation text not null,
  by_user text not null,
  at timestamp with time zone not null,
  reason text not null,
  next_by date not null,
  constraint authorisation_reviews_reason_check CHECK ((reason <> ''::text)),
  constraint authorisation_reviews_pkey PRIMARY KEY (id)
);

create table authorisations (
  ref text not null,
  kind text not null,
  concern_ref text not null,
  colleagues jsonb not null,
  from_on date not null,
  to_on date not null,
  days integer not null,
  basis text not null,
  necessity text not null,
  proportionality text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  answered_by text,
  answered_at timestamp with time zone,
  granted boolean,
  answer text,
  expires_at timestamp with time zone,
  review_by date,
  ended_by text,
  ended_at timestamp with time zone,
  end_reason text,
  constraint authorisations_answered_whole CHECK ((((answered_at IS NULL) = (granted IS NULL)) AND ((answered_at IS NULL) = (answer IS NULL)) AND ((answered_at IS NULL) = (answered_by IS NULL)))),
  constraint authorisations_basis_check CHECK ((basis <> ''::text)),
  constraint authorisations_by_two_people CHECK ((answered_by <> asked_by)),
  constraint authorisations_days_check CHECK ((days > 0)),
  constraint authorisations_days_in_order CHECK ((from_on <= to_on)),
  constraint authorisations_end_has_a_reason CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
  constraint authorisations_granted_for_a_time CHECK ((((granted IS TRUE) = (expires_at IS NOT NULL)) AND ((granted IS TRUE) = (review_by IS NOT NULL)))),
  constraint authorisations_kind_check CHECK ((kind <> ''::text)),
  constraint authorisations_necessity_check CHECK ((necessity <> ''::text)),
  constraint authorisations_proportionality_check CHECK ((proportionality <> ''::text)),
  constraint authorisations_ref_check CHECK ((ref ~ '^[2-9A-Z]{4}-[2-9A-Z]{4}$'::text)),
  constraint authorisations_pkey PRIMARY KEY (ref)
);

create table break_glass (
  ref text not null,
  concern_ref text not null,
  cause text not null,
  reason text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  opened_at timestamp with time zone,
  expires_at timestamp with time zone,
  reviewed_by text,
  reviewed_at timestamp with time zone,
  justified boolean,
  review text,
  constraint break_glass_cause_check CHECK ((cause <> ''::text)),
  constraint break_glass_for_an_hour CHECK ((((opened_at IS NULL) = (expires_at IS NULL)) AND (expires_at <= (opened_at + '01:00:00'::interval)))),
  constraint break_glass_reason_check CHECK ((reason <> ''::text)),
  constraint break_glass_ref_check CHECK ((ref ~ '^[2-9A-Z]{4}-[2-9A-Z]{4}$'::text)),
  constraint break_glass_reviewed_by_another CHECK ((reviewed_by <> asked_by)),
  constraint break_glass_reviewed_whole CHECK ((((reviewed_at IS NULL) = (reviewed_by IS NULL)) AND ((reviewed_at IS NULL) = (justified IS NULL)) AND ((reviewed_at IS NULL) = (review IS NULL)))),
  constraint break_glass_pkey PRIMARY KEY (ref)
);

create table break_glass_approvals (
  break_glass text not null,
  by_user text not null,
  at timestamp with time zone not null,
  reason text not null,
  constraint break_glass_approvals_reason_check CHECK ((reason <> ''::text)),
  constraint break_glass_approvals_pkey PRIMARY KEY (break_glass, by_user)
);

create table concern_evidence (
  ref text not null,
  evidence_id text not null,
  first_seen_at timestamp with time zone not null,
  gone_at timestamp with time zone,
  constraint concern_evidence_pkey PRIMARY KEY (ref, evidence_id)
);

create table concern_history (
  id bigint generated always as identity not null,
  ref text not null,
  at timestamp with time zone not null,
  kind text not null,
  by_user text,
  detail jsonb not null,
  entered_review_on date,
  constraint concern_history_pkey PRIMARY KEY (id)
);

create table concerns (
  ref text not null,
  staff_id text not null,
  person_id text not null,
  status text not null,
  band text not null,
  points double precision not null,
  bonus double precision not null,
  account text not null,
  parts jsonb not null,
  reached_on jsonb not null,
  fingerprint text not null,
  on_day date not null,
  opened_at timestamp with time zone not null,
  waiting_since timestamp with time zone,
  due_on date,
  watch_until date,
  closed_at timestamp with time zone,
  decided_band text,
  version integer not null default 1,
  constraint concerns_band_check CHECK ((band = ANY (ARRAY['none'::text, 'watch'::text, 'review'::text, 'develop'::text, 'priority'::text]))),
  constraint concerns_closed_at_a_moment CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL))),
  constraint concerns_ref_check CHECK ((ref ~ '^[2-9A-Z]{4}-[2-9A-Z]{4}$'::text)),
  constraint concerns_staff_id_check CHECK ((staff_id <> ''::text)),
  constraint concerns_status_check CHECK ((status = ANY (ARRAY['noted'::text, 'to_review'::text, 'watching'::text, 'developing'::text, 'closed'::text]))),
  constraint concerns_wait_only_for_review CHECK (((status = 'to_review'::text) = (waiting_since IS NOT NULL))),
  constraint concerns_watch_until_a_day CHECK (((status = 'watching'::text) = (watch_until IS NOT NULL))),
  constraint concerns_pkey PRIMARY KEY (ref),
  constraint concerns_one_for_a_pair UNIQUE (staff_id, person_id)
);

create table destructions (
  id text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  reason text not null,
  plan jsonb not null,
  agreed_by text,
  agreed_at timestamp with time zone,
  withdrawn_by text,
  withdrawn_at timestamp with time zone,
  done_at timestamp with time zone,
  constraint destructions_agreed_whole CHECK (((agreed_by IS NULL) = (agreed_at IS NULL))),
  constraint destructions_done_after_two CHECK (((done_at IS NULL) OR ((agreed_at IS NOT NULL) AND (withdrawn_at IS NULL)))),
  constraint destructions_reason_check CHECK ((reason <> ''::text)),
  constraint destructions_two_persons CHECK (((agreed_by IS NULL) OR (agreed_by <> asked_by))),
  constraint destructions_withdrawn_whole CHECK (((withdrawn_by IS NULL) = (withdrawn_at IS NULL))),
  constraint destructions_pkey PRIMARY KEY (id)
);

create table dip_outcomes (
  id bigint generated always as identity not null,
  seq bigint not null,
  outcome text not null,
  note text not null,
  by_user text not null,
  at timestamp with time zone not null,
  constraint dip_outcomes_note_check CHECK ((note <> ''::text)),
  constraint dip_outcomes_outcome_check CHECK ((outcome <> ''::text)),
  constraint dip_outcomes_pkey PRIMARY KEY (id)
);

create table dip_sample_entries (
  month text not null,
  seq bigint not null,
  constraint dip_sample_entries_pkey PRIMARY KEY (seq)
);

create table dip_samples (
  month text not null,
  seed text not null,
  population integer not null,
  drawn_at timestamp with time zone not null,
  constraint dip_samples_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text)),
  constraint dip_samples_seed_check CHECK ((seed <> ''::text)),
  constraint dip_samples_pkey PRIMARY KEY (month)
);

create table disposition_indicators (
  disposition bigint not null,
  indicator text not null,
  version integer not null,
  edition integer not null,
  points double precision not null,
  constraint disposition_indicators_pkey PRIMARY KEY (disposition, indicator)
);

create table dispositions (
  id bigint generated always as identity not null,
  ref text not null,
  kind text not null,
  explanation text,
  until_on date,
  reason text not null,
  by_user text not null,
  at timestamp with time zone not null,
  band text not null,
  points double precision not null,
  before jsonb not null,
  undone_at timestamp with time zone,
  constraint dispositions_kind_check CHECK ((kind = ANY (ARRAY['no_concern'::text, 'keep_watching'::text, 'develop'::text, 'cannot_tell'::text]))),
  constraint dispositions_reason_check CHECK ((reason <> ''::text)),
  constraint dispositions_pkey PRIMARY KEY (id)
);

create table erasures (
  id text not null,
  at timestamp with time zone not null,
  constraint erasures_pkey PRIMARY KEY (id)
);

create table exceptions (
  id text not null,
  kind text not null,
  staff_id text,
  person_id text,
  assignment_id text,
  lat double precision,
  lon double precision,
  number text,
  concern_ref text,
  reason text not null,
  owner text not null,
  from_on date not null,
  until_on date not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  ended_by text,
  ended_at timestamp with time zone,
  withdrawn boolean not null default false,
  constraint exceptions_kind_check CHECK ((kind = ANY (ARRAY['pair'::text, 'plan'::text, 'address'::text, 'number'::text]))),
  constraint exceptions_of_a_number CHECK (((kind = 'number'::text) = (number IS NOT NULL))),
  constraint exceptions_of_a_pair CHECK (((kind = 'pair'::text) = ((staff_id IS NOT NULL) AND (person_id IS NOT NULL)))),
  constraint exceptions_of_a_plan CHECK (((kind = 'plan'::text) = (assignment_id IS NOT NULL))),
  constraint exceptions_of_an_address CHECK (((kind = 'address'::text) = ((lat IS NOT NULL) AND (lon IS NOT NULL)))),
  constraint exceptions_reason_check CHECK ((reason <> ''::text)),
  constraint exceptions_pkey PRIMARY KEY (id)
);

create table exclusion_ends (
  id text not null,
  exclusion_id text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  reason text not null,
  agreed_by text,
  agreed_at timestamp with time zone,
  constraint exclusion_ends_agreed_whole CHECK (((agreed_by IS NULL) = (agreed_at IS NULL))),
  constraint exclusion_ends_reason_check CHECK ((reason <> ''::text)),
  constraint exclusion_ends_two_persons CHECK (((agreed_by IS NULL) OR (agreed_by <> asked_by))),
  constraint exclusion_ends_pkey PRIMARY KEY (id)
);

create table exclusions (
  id text not null default (gen_random_uuid())::text,
  user_id text not null,
  staff_id text not null default ''::text,
  person_id text not null default ''::text,
  kind text not null,
  source text not null,
  reason text not null default ''::text,
  by_user text,
  since timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint exclusions_by_hand_have_a_reason CHECK (((kind <> 'by_hand'::text) OR ((reason <> ''::text) AND (by_user IS NOT NULL)))),
  constraint exclusions_from_one CHECK (((staff_id = ''::text) <> (person_id = ''::text))),
  constraint exclusions_kind_check CHECK ((kind = ANY (ARRAY['self'::text, 'line'::text, 'colleague'::text, 'associate'::text, 'partner'::text, 'family'::text, 'by_hand'::text, 'recusal'::text]))),
  constraint exclusions_pkey PRIMARY KEY (id),
  constraint exclusions_once UNIQUE (user_id, staff_id, person_id, kind)
);

create table feed_bases (
  id bigint generated always as identity not null,
  feed text not null,
  basis text not null,
  notice text not null,
  notice_on date,
  owner text not null,
  retention_days integer not null,
  until_on date not null,
  through_batch integer,
  withdrawn boolean not null default false,
  reason text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint feed_bases_basis_check CHECK ((basis <> ''::text)),
  constraint feed_bases_feed_check CHECK ((feed <> ''::text)),
  constraint feed_bases_made_by_check CHECK ((made_by <> ''::text)),
  constraint feed_bases_notice_check CHECK ((notice <> ''::text)),
  constraint feed_bases_owner_check CHECK ((owner <> ''::text)),
  constraint feed_bases_reason_check CHECK ((reason <> ''::text)),
  constraint feed_bases_retention_days_check CHECK ((retention_days > 0)),
  constraint feed_bases_pkey PRIMARY KEY (id)
);

create table holds (
  id text not null,
  staff_id text not null default ''::text,
  reason text not null,
  review_on date not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  ended_by text,
  ended_at timestamp with time zone,
  constraint holds_end_whole CHECK (((ended_by IS NULL) = (ended_at IS NULL))),
  constraint holds_reason_check CHECK ((reason <> ''::text)),
  constraint holds_pkey PRIMARY KEY (id)
);

create table indicator_drafts (
  indicator text not null,
  content_version integer not null,
  changes jsonb not null,
  made_by text not null,
  changed_at timestamp with time zone not null,
  preview jsonb,
  previewed_at timestamp with time zone,
  reason text not null default ''::text,
  asked_at timestamp with time zone,
  version integer not null default 1,
  constraint indicator_drafts_asked_with_a_reason CHECK (((asked_at IS NULL) OR (reason <> ''::text))),
  constraint indicator_drafts_pkey PRIMARY KEY (indicator)
);

create table indicator_editions (
  indicator text not null,
  edition integer not null,
  content_version integer not null,
  changes jsonb not null,
  preview jsonb,
  reason text not null,
  made_by text not null,
  agreed_by text,
  rolled_back_to integer,
  at timestamp with time zone not null,
  constraint indicator_editions_check CHECK (((rolled_back_to >= 0) AND (rolled_back_to < edition))),
  constraint indicator_editions_edition_check CHECK ((edition > 0)),
  constraint indicator_editions_reason_check CHECK ((reason <> ''::text)),
  constraint indicator_editions_two_persons CHECK (((rolled_back_to IS NOT NULL) OR ((agreed_by IS NOT NULL) AND (agreed_by <> made_by)))),
  constraint indicator_editions_pkey PRIMARY KEY (indicator, edition)
);

create table nights (
  night date not null,
  due_at timestamp with time zone not null,
  outcome text not null,
  why text not null,
  noted_at timestamp with time zone not null,
  filled_at timestamp with time zone,
  concerns integer,
  constraint nights_outcome_check CHECK ((outcome = ANY (ARRAY['ran'::text, 'missed'::text, 'failed'::text]))),
  constraint nights_that_ran_need_no_filling CHECK (((outcome <> 'ran'::text) OR (filled_at IS NULL))),
  constraint nights_pkey PRIMARY KEY (night)
);

create table notices (
  id text not null,
  ref text not null,
  kind text not null,
  since timestamp with time zone not null,
  people jsonb not null,
  colleagues jsonb not null,
  authorisation text not null,
  reason text not null,
  by_user text not null,
  at timestamp with time zone not null,
  checked_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  end_reason text,
  constraint notices_colleagues_authorised CHECK (((colleagues = '[]'::jsonb) OR (authorisation <> ''::text))),
  constraint notices_end_has_a_reason CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
  constraint notices_kind_check CHECK ((kind <> ''::text)),
  constraint notices_reason_check CHECK ((reason <> ''::text)),
  constraint notices_pkey PRIMARY KEY (id)
);

create table passkeys (
  id text not null,
  user_id text not null,
  public_key text not null,
  counter bigint not null,
  transports text not null,
  name text not null,
  made_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint passkeys_name_check CHECK ((name <> ''::text)),
  constraint passkeys_pkey PRIMARY KEY (id)
);

create table raise_runs (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  on_day date,
  staff_count bigint not null,
  opened integer not null,
  joined integer not null,
  reopened integer not null,
  unchanged integer not null,
  constraint raise_runs_pkey PRIMARY KEY (id)
);

create table recovery_codes (
  user_id text not null,
  hash text not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (user_id, hash)
);

create table role_requests (
  id text not null,
  user_id text not null,
  role text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  answered_by text,
  answered_at timestamp with time zone,
  granted boolean,
  constraint role_requests_answered_whole CHECK (((answered_at IS NULL) = (granted IS NULL))),
  constraint role_requests_pkey PRIMARY KEY (id)
);

create table schema_migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table sessions (
  id text not null,
  user_id text not null,
  token text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  method text not null default 'password'::text,
  second_step boolean not null default false,
  opened_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  proved_at timestamp with time zone not null default now(),
  directory_visit text,
  constraint sessions_method_check CHECK ((method = ANY (ARRAY['password'::text, 'passkey'::text, 'directory'::text]))),
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_key UNIQUE (token)
);

create table sign_in_failures (
  id bigint generated always as identity not null,
  bucket text not null,
  at timestamp with time zone not null,
  constraint sign_in_failures_pkey PRIMARY KEY (id)
);

create table sign_in_steps (
  id text not null,
  kind text not null,
  user_id text,
  detail jsonb not null,
  tries integer not null default 0,
  expires_at timestamp with time zone not null,
  constraint sign_in_steps_pkey PRIMARY KEY (id)
);

create table staff_links (
  staff_id text not null,
  other_staff_id text not null default ''::text,
  person_id text not null default ''::text,
  kind text not null,
  source text not null,
  first_seen_at timestamp with time zone not null,
  constraint staff_links_kind_check CHECK ((kind = ANY (ARRAY['supervises'::text, 'colleague'::text, 'associate'::text, 'partner'::text, 'family'::text, 'self'::text]))),
  constraint staff_links_source_check CHECK ((source <> ''::text)),
  constraint staff_links_staff_id_check CHECK ((staff_id <> ''::text)),
  constraint staff_links_to_one CHECK (((other_staff_id = ''::text) <> (person_id = ''::text))),
  constraint staff_links_pkey PRIMARY KEY (staff_id, other_staff_id, person_id, kind)
);

create table sweeps (
  id text not null,
  ref text not null,
  by_user text not null,
  at timestamp with time zone not null,
  authorisation text not null,
  basis text not null,
  necessity text not null,
  proportionality text not null,
  result jsonb not null,
  constraint sweeps_authorisation_check CHECK ((authorisation <> ''::text)),
  constraint sweeps_basis_check CHECK ((basis <> ''::text)),
  constraint sweeps_necessity_check CHECK ((necessity <> ''::text)),
  constraint sweeps_proportionality_check CHECK ((proportionality <> ''::text)),
  constraint sweeps_pkey PRIMARY KEY (id)
);

create table tip_offs (
  notice_id text not null,
  staff_id text not null,
  person_id text not null,
  record_id text not null,
  kind text not null,
  at timestamp with time zone not null,
  says text not null,
  explained boolean not null,
  first_seen_at timestamp with time zone not null,
  constraint tip_offs_kind_check CHECK ((kind = ANY (ARRAY['contact'::text, 'look_up'::text, 'stay'::text]))),
  constraint tip_offs_pkey PRIMARY KEY (notice_id, staff_id, person_id, record_id)
);

create table unmasks (
  id text not null,
  ref text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  reason text not null,
  granted_by text,
  granted_at timestamp with time zone,
  expires_at timestamp with time zone,
  constraint unmasks_for_a_shift CHECK (((expires_at IS NULL) OR (expires_at <= (granted_at + '08:00:00'::interval)))) NOT VALID,
  constraint unmasks_reason_check CHECK ((reason <> ''::text)),
  constraint unmasks_two_persons CHECK (((granted_by IS NULL) OR (granted_by <> asked_by))) NOT VALID,
  constraint unmasks_pkey PRIMARY KEY (id)
);

create table user_roles (
  user_id text not null,
  role text not null,
  given_by text not null,
  given_at timestamp with time zone not null,
  constraint user_roles_pkey PRIMARY KEY (user_id, role)
);

create table users (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  staff_id text,
  disabled_at timestamp with time zone,
  password_expires_at timestamp with time zone,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_key UNIQUE (email)
);

create table verifications (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint verifications_pkey PRIMARY KEY (id)
);

alter table accounts add constraint accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

alter table authenticators add constraint authenticators_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

alter table authorisation_reviews add constraint authorisation_reviews_authorisation_fkey FOREIGN KEY (authorisation) REFERENCES authorisations(ref);

alter table authorisation_reviews add constraint authorisation_reviews_by_user_fkey FOREIGN KEY (by_user) REFERENCES users(id);

alter table authorisations add constraint authorisations_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES users(id);

alter table authorisations add constraint authorisations_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES users(id);

alter table authorisations add constraint authorisations_concern_ref_fkey FOREIGN KEY (concern_ref) REFERENCES concerns(ref);

alter table authorisations add constraint authorisations_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES users(id);

alter table break_glass add constraint break_glass_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES users(id);

alter table break_glass add constraint break_glass_concern_ref_fkey FOREIGN KEY (concern_ref) REFERENCES concerns(ref);

alter table break_glass add constraint break_glass_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES users(id);

alter table break_glass_approvals add constraint break_glass_approvals_break_glass_fkey FOREIGN KEY (break_glass) REFERENCES break_glass(ref);

alter table break_glass_approvals add constraint break_glass_approvals_by_user_fkey FOREIGN KEY (by_user) REFERENCES users(id);

alter table concern_evidence add constraint concern_evidence_ref_fkey FOREIGN KEY (ref) REFERENCES concerns(ref);

alter table concern_history add constraint concern_history_by_user_fkey FOREIGN KEY (by_user) REFERENCES users(id);

alter table concern_history add constraint concern_history_ref_fkey FOREIGN KEY (ref) REFERENCES concerns(ref);

alter table destructions add constraint destructions_agreed_by_fkey FOREIGN KEY (agreed_by) REFERENCES users(id);

alter table destructions add constraint destructions_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES users(id);

alter table destructions add constraint destructions_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES users(id);

alter table dip_outcomes add constraint dip_outcomes_by_user_fkey FOREIGN KEY (by_user) REFERENCES users(id);

alter table dip_outcomes add constraint dip_outcomes_seq_fkey FOREIGN KEY (seq) REFERENCES dip_sample_entries(seq);

alter table dip_sample_entries add constraint dip_sample_entries_month_fkey FOREIGN KEY (month) REFERENCES dip_samples(month);

alter table dip_sample_entries add constraint dip_sample_entries_seq_fkey FOREIGN KEY (seq) REFERENCES audit_entries(seq);

alter table disposition_indicators add constraint disposition_indicators_disposition_fkey FOREIGN KEY (disposition) REFERENCES dispositions(id);

alter table dispositions add constraint dispositions_by_user_fkey FOREIGN KEY (by_user) REFERENCES users(id);

alter table dispositions add constraint dispositions_ref_fkey FOREIGN KEY (ref) REFERENCES concerns(ref);

alter table exceptions add constraint exceptions_concern_ref_fkey FOREIGN KEY (concern_ref) REFERENCES concerns(ref);

alter table exceptions add constraint exceptions_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES users(id);

alter table exceptions add constraint exceptions_made_by_fkey FOREIGN KEY (made_by) REFERENCES users(id);

alter table exceptions add constraint exceptions_owner_fkey FOREIGN KEY (owner) REFERENCES users(id);

alter table exclusion_ends add constraint exclusion_ends_agreed_by_fkey FOREIGN KEY (agreed_by) REFERENCES users(id);

alter table exclusion_ends add constraint exclusion_ends_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES users(id);

alter table exclusion_ends add constraint exclusion_ends_exclusion_id_fkey FOREIGN KEY (exclusion_id) REFERENCES exclusions(id);

alter table exclusions add constraint exclusions_by_user_fkey FOREIGN KEY (by_user) REFERENCES users(id);

alter table exclusions add constraint exclusions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id);

alter table holds add constraint holds_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES users(id);

alter table holds add constraint holds_made_by_fkey FOREIGN KEY (made_by) REFERENCES users(id);

alter table indicator_drafts add constraint indicator_drafts_made_by_fkey FOREIGN KEY (made_by) REFERENCES users(id);

alter table indicator_editions add constraint indicator_editions_agreed_by_fkey FOREIGN KEY (agreed_by) REFERENCES users(id);

alter table indicator_editions add constraint indicator_editions_made_by_fkey FOREIGN KEY (made_by) REFERENCES users(id);

alter table notices add constraint notices_by_user_fkey FOREIGN KEY (by_user) REFERENCES users(id);

alter table notices add constraint notices_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES users(id);

alter table notices add constraint notices_ref_fkey FOREIGN KEY (ref) REFERENCES concerns(ref);

alter table passkeys add constraint passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

alter table recovery_codes add constraint recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

alter table role_requests add constraint role_requests_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES users(id);

alter table role_requests add constraint role_requests_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

alter table sessions add constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

alter table sign_in_steps add constraint sign_in_steps_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

alter table sweeps add constraint sweeps_by_user_fkey FOREIGN KEY (by_user) REFERENCES users(id);

alter table sweeps add constraint sweeps_ref_fkey FOREIGN KEY (ref) REFERENCES concerns(ref);

alter table tip_offs add constraint tip_offs_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notices(id);

alter table unmasks add constraint unmasks_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES users(id);

alter table unmasks add constraint unmasks_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES users(id);

alter table unmasks add constraint unmasks_ref_fkey FOREIGN KEY (ref) REFERENCES concerns(ref);

alter table user_roles add constraint user_roles_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

CREATE INDEX accounts_of_user ON public.accounts USING btree (user_id);

CREATE INDEX audit_entries_by_subject ON public.audit_entries USING btree (subject, seq);

CREATE INDEX audit_entries_by_what ON public.audit_entries USING btree (what, seq);

CREATE INDEX audit_entries_by_who ON public.audit_entries USING btree (who, seq);

CREATE INDEX authorisation_reviews_of_one ON public.authorisation_reviews USING btree (authorisation, id);

CREATE INDEX authorisations_of_concern ON public.authorisations USING btree (concern_ref, asked_at);

CREATE INDEX break_glass_of_person ON public.break_glass USING btree (asked_by, asked_at);

CREATE INDEX concern_history_of_concern ON public.concern_history USING btree (ref, id);

CREATE INDEX concern_history_of_reviews ON public.concern_history USING btree (entered_review_on) WHERE (entered_review_on IS NOT NULL);

CREATE INDEX concerns_in_queue ON public.concerns USING btree (status, points DESC);

CREATE INDEX concerns_of_person ON public.concerns USING btree (person_id) WHERE (person_id <> ''::text);

CREATE UNIQUE INDEX destructions_one_open ON public.destructions USING btree ((true)) WHERE ((done_at IS NULL) AND (withdrawn_at IS NULL));

CREATE INDEX dip_outcomes_of_entry ON public.dip_outcomes USING btree (seq, id);

CREATE INDEX dip_sample_entries_of_month ON public.dip_sample_entries USING btree (month);

CREATE INDEX disposition_indicators_by_indicator ON public.disposition_indicators USING btree (indicator);

CREATE INDEX dispositions_of_concern ON public.dispositions USING btree (ref, id);

CREATE UNIQUE INDEX exclusion_ends_open ON public.exclusion_ends USING btree (exclusion_id) WHERE (agreed_at IS NULL);

CREATE INDEX exclusions_in_force ON public.exclusions USING btree (user_id, staff_id, person_id) WHERE (ended_at IS NULL);

CREATE INDEX feed_bases_of_feed ON public.feed_bases USING btree (feed, id);

CREATE INDEX notices_of_concern ON public.notices USING btree (ref, at);

CREATE INDEX passkeys_of_user ON public.passkeys USING btree (user_id);

CREATE UNIQUE INDEX role_requests_open ON public.role_requests USING btree (user_id, role) WHERE (answered_at IS NULL);

CREATE UNIQUE INDEX sessions_by_token_hash ON public.sessions USING btree (sha256(decode(token, 'escape'::text)));

CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id);

CREATE INDEX sign_in_failures_by_bucket ON public.sign_in_failures USING btree (bucket, at);

CREATE INDEX sign_in_steps_by_expiry ON public.sign_in_steps USING btree (expires_at);

CREATE INDEX staff_links_of_other ON public.staff_links USING btree (other_staff_id, kind) WHERE (other_staff_id <> ''::text);

CREATE INDEX staff_links_of_person ON public.staff_links USING btree (person_id) WHERE (person_id <> ''::text);

CREATE INDEX sweeps_of_concern ON public.sweeps USING btree (ref, at);

CREATE INDEX unmasks_of_concern ON public.unmasks USING btree (ref, asked_by);

CREATE INDEX users_of_staff ON public.users USING btree (staff_id) WHERE (staff_id IS NOT NULL);

CREATE INDEX verifications_by_identifier ON public.verifications USING btree (identifier);

CREATE OR REPLACE FUNCTION public.acts_for_somebody()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select current_setting('role') in ('upstander_staff', 'upstander_accounts') or session_user in ('upstander_staff', 'upstander_accounts')
$function$;

CREATE OR REPLACE FUNCTION public.agree_exclusion_end(asked_ref text, exclusion text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  update exclusion_ends e set agreed_by = asker(), agreed_at = at from kept_from_concern(asked_ref) k
    where k.id = exclusion and e.id = k.end_id and k.end_asked_by <> asker() and k.user_id <> asker();
  if not found then
    return false;
  end if;
  update exclusions set ended_at = at where id = exclusion;
  return true;
end
$function$;

CREATE OR REPLACE FUNCTION public.ask_exclusion_end(asked_ref text, exclusion text, why text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  insert into exclusion_ends (id, exclusion_id, asked_by, asked_at, reason)
    select gen_random_uuid()::text, k.id, asker(), at, why from kept_from_concern(asked_ref) k
    where k.id = exclusion and k.kind <> 'self' and k.ended_at is null and k.end_id is null and k.user_id <> asker();
  return found;
end
$function$;

CREATE OR REPLACE FUNCTION public.asker()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select s.user_id from sessions s join users u on u.id = s.user_id
  where sha256(decode(s.token, 'escape')) = case
      when current_setting('upstander.token', true) ~ '^[0-9a-f]{64}$' then decode(current_setting('upstander.token', true), 'hex')
    end
    and u.disabled_at is null
$function$;

CREATE OR REPLACE FUNCTION public.asker_is(VARIADIC held text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select exists (select 1 from user_roles r where r.user_id = asker() and r.role = any (held))
$function$;

CREATE OR REPLACE FUNCTION public.asker_may_read(asked_ref text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select exists (select 1 from concerns c where c.ref = asked_ref
    and not exists (select 1 from exclusions x where x.user_id = asker() and x.ended_at is null
      and (x.staff_id = c.staff_id or (x.person_id <> '' and x.person_id = c.person_id))))
    and (not acts_for_somebody() or asker_is('investigator', 'head_of_unit'))
$function$;

CREATE OR REPLACE FUNCTION public.audit_entries_only_anonymised()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (new.seq, new.at, new.what, new.outcome, new.leaf, new.mac)
       is not distinct from (old.seq, old.at, old.what, old.outcome, old.leaf, old.mac)
     and (new.who, new.subject, new.why, new.came_from, new.salt) = ('', '', '', '', '') then
    return new;
  end if;
  raise exception 'The log can only be added to.';
end
$function$;

CREATE OR REPLACE FUNCTION public.audit_entries_stay()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'The log can only be added to.';
end
$function$;

CREATE OR REPLACE FUNCTION public.authorisations_own_hand()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  if tg_op = 'INSERT' then
    if new.asked_by <> asker() or new.answered_by is not null then
      raise exception 'An authorisation is asked for under one''s own name.' using errcode = '42501';
    end if;
    return new;
  end if;
  if (new.ref, new.kind, new.concern_ref, new.colleagues, new.from_on, new.to_on, new.days, new.basis, new.necessity, new.proportionality,
      new.asked_by, new.asked_at) is distinct from
     (old.ref, old.kind, old.concern_ref, old.colleagues, old.from_on, old.to_on, old.days, old.basis, old.necessity, old.proportionality,
      old.asked_by, old.asked_at)
    or old.answered_by is not null and (new.answered_by, new.answered_at, new.granted, new.answer, new.expires_at)
      is distinct from (old.answered_by, old.answered_at, old.granted, old.answer, old.expires_at)
    or new.answered_by is distinct from old.answered_by and (new.answered_by <> asker() or not asker_is('head_of_unit'))
    or new.review_by is distinct from old.review_by and (old.asked_by = asker() or not asker_is('head_of_unit'))
    or new.ended_by is distinct from old.ended_by and (old.ended_by is not null or new.ended_by <> asker())
  then
    raise exception 'An authorisation is answered by another than who asked, and stays as it was asked.' using errcode = '42501';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.break_glass_approve()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  obstacle text;
begin
  perform 1 from break_glass g where g.ref = new.break_glass for update;
  obstacle := break_glass_obstacle(new.break_glass, new.by_user, new.at);
  if obstacle <> '' then
    raise exception 'This approval does not count: %.', obstacle using errcode = '42501';
  end if;
  if (select count(*) from break_glass_approvals p where p.break_glass = new.break_glass) = 1 then
    update break_glass set opened_at = new.at, expires_at = new.at + interval '60 minutes' where ref = new.break_glass;
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.break_glass_obstacle(glass text, person text, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select coalesce((
    select case
      when acts_for_somebody() and person is distinct from asker() then 'missing'
      when not exists (select 1 from user_roles r where r.user_id = person and r.role in ('investigator', 'head_of_unit')) then 'missing'
      when kept_from(person, g.concern_ref) then 'missing'
      when g.asked_by = person then 'own'
      when g.opened_at is not null then 'opened'
      when at < g.asked_at or at > g.asked_at + interval '60 minutes' then 'late'
      when exists (select 1 from break_glass_approvals p where p.break_glass = g.ref and p.by_user = person) then 'twice'
      when kept_from(g.asked_by, g.concern_ref) then 'missing'
      when shares_line(g.asked_by, person) then 'line'
      when exists (select 1 from break_glass_approvals p where p.break_glass = g.ref and shares_line(p.by_user, person)) then 'same_line'
      else '' end
    from break_glass g where g.ref = glass), 'missing')
$function$;

CREATE OR REPLACE FUNCTION public.break_glass_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'break_glass' then
    if to_jsonb(new) - array['opened_at', 'expires_at', 'reviewed_by', 'reviewed_at', 'justified', 'review']
         = to_jsonb(old) - array['opened_at', 'expires_at', 'reviewed_by', 'reviewed_at', 'justified', 'review']
       and (old.opened_at is null or (new.opened_at, new.expires_at) is not distinct from (old.opened_at, old.expires_at))
       and old.reviewed_at is null then
      return new;
    end if;
  end if;
  if tg_op = 'DELETE' and current_setting('upstander.destroying', true) = 'concerns' then
    if not acts_for_somebody() then
      return old;
    end if;
  end if;
  raise exception 'What was done in an emergency can only be added to.';
end
$function$;

CREATE OR REPLACE FUNCTION public.concerns_nobody_may_read()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select c.ref from concerns c
  where c.status not in ('noted', 'closed')
    and (not acts_for_somebody() or asker_is('auditor', 'data_protection'))
    and c.ref in (select counted_concerns())
    and not exists (
      select 1 from users u join user_roles r on r.user_id = u.id and r.role in ('analyst', 'investigator', 'head_of_unit')
      where u.disabled_at is null and not exists (
        select 1 from exclusions x where x.user_id = u.id and x.ended_at is null
          and (x.staff_id = c.staff_id or (x.person_id <> '' and x.person_id = c.person_id))))
  order by c.ref
$function$;

CREATE OR REPLACE FUNCTION public.count_decided(first_day date, last_day date)
 RETURNS TABLE(indicator text, version integer, edition integer, developed bigint, explained bigint, cannot_tell bigint, watching bigint, explained_lately bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select i.indicator, i.version, i.edition,
    count(*) filter (where d.kind = 'develop'), count(*) filter (where d.kind = 'no_concern'),
    count(*) filter (where d.kind = 'cannot_tell'), count(*) filter (where d.kind = 'keep_watching'),
    count(*) filter (where d.kind = 'no_concern' and e.entered_on between first_day and last_day)
  from dispositions d
  join disposition_indicators i on i.disposition = d.id
  left join lateral (
    select max(h.entered_review_on) as entered_on from concern_history h
    where h.ref = d.ref and h.entered_review_on is not null and h.at <= d.at
  ) e on true
  where d.undone_at is null and i.points > 0 and d.ref in (select counted_concerns())
    and (d.kind in ('no_concern', 'cannot_tell') or not exists (
      select 1 from dispositions later where later.ref = d.ref and later.undone_at is null and later.id > d.id))
  group by i.indicator, i.version, i.edition
  order by i.indicator, i.version, i.edition
$function$;

CREATE OR REPLACE FUNCTION public.count_entered(first_day date, last_day date)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select count(*) from concern_history h
  where h.entered_review_on between first_day and last_day and h.ref in (select counted_concerns())
$function$;

CREATE OR REPLACE FUNCTION public.count_unmasked(person text, but_for text, since timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('unmask ' || person, 0));
  return (select count(distinct u.ref) from unmasks u
    where u.asked_by = person and u.ref <> but_for and u.granted_at > since
      and (person = asker() or asker_is('investigator', 'head_of_unit') or not acts_for_somebody()));
end
$function$;

CREATE OR REPLACE FUNCTION public.counted_concerns()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select c.ref from concerns c
  where (asker() is not null or not acts_for_somebody())
    and not exists (select 1 from exclusions x where x.user_id = asker() and x.ended_at is null and x.staff_id = c.staff_id)
    and not exists (select 1 from exclusions x
      where x.user_id = asker() and x.ended_at is null and x.person_id <> '' and x.person_id = c.person_id)
$function$;

CREATE OR REPLACE FUNCTION public.derive_exclusions(at timestamp with time zone, only_user text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  added bigint;
begin
    insert into exclusions (user_id, staff_id, person_id, kind, source, since)
    with recursive
      person as (
        select id as user_id, staff_id from users where staff_id is not null and id = coalesce(only_user, id)
      ),
      above as (
        select user_id, staff_id, ''::text as source from person
        union
        select a.user_id, l.staff_id, l.source from above a
        join staff_links l on l.other_staff_id = a.staff_id and l.kind = 'supervises'
      ),
      below as (
        select user_id, staff_id, ''::text as source from person
        union
        select b.user_id, l.other_staff_id, l.source from below b
        join staff_links l on l.staff_id = b.staff_id and l.kind = 'supervises'
      ),
      found as (
        select user_id, staff_id, '' as person_id, 'self' as kind, 'users' as source from person
        union all
        select user_id, staff_id, '', 'line', source from above where source <> ''
        union all
        select user_id, staff_id, '', 'line', source from below where source <> ''
        union all
        select p.user_id, l.other_staff_id, '', l.kind, l.source from person p
        join staff_links l on l.staff_id = p.staff_id and l.kind <> 'supervises' and l.other_staff_id <> ''
        union all
        select p.user_id, l.staff_id, '', l.kind, l.source from person p
        join staff_links l on l.other_staff_id = p.staff_id and l.kind <> 'supervises'
        union all
        -- Members of the public whom they declared, are related to, or are themselves.
        select p.user_id, '', l.person_id, l.kind, l.source from person p
        join staff_links l on l.staff_id = p.staff_id and l.person_id <> ''
        union all
        -- A colleague whom they declared as a member of the public, or who declared them so.
        select p.user_id, s.staff_id, '', l.kind, l.source from person p
        join staff_links l on l.staff_id = p.staff_id and l.person_id <> '' and l.kind <> 'self'
        join staff_links s on s.person_id = l.person_id and s.kind = 'self'
        union all
        select p.user_id, l.staff_id, '', l.kind, l.source from person p
        join staff_links s on s.staff_id = p.staff_id and s.kind = 'self'
        join staff_links l on l.person_id = s.person_id and l.kind <> 'self'
      )
    select f.user_id, f.staff_id, f.person_id, f.kind, min(f.source), at
    from found f join person p on p.user_id = f.user_id
    where f.kind = 'self' or f.staff_id <> p.staff_id
    group by f.user_id, f.staff_id, f.person_id, f.kind
    on conflict do nothing;
  get diagnostics added = row_count;
  return added;
end
$function$;

CREATE OR REPLACE FUNCTION public.derive_own_exclusions()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  perform derive_exclusions(now(), new.id);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.dip_samples_stay()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'What was drawn and how it was judged can only be added to.';
end
$function$;

CREATE OR REPLACE FUNCTION public.exclude_by_hand(asked_ref text, whom text, why text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
begin
  if not asker_may_read(asked_ref) or whom = asker() then
    return false;
  end if;
  insert into exclusions (user_id, staff_id, kind, source, reason, by_user, since)
    select u.id, c.staff_id, 'by_hand', 'concerns:' || c.ref, why, asker(), at
    from users u, concerns c where u.id = whom and c.ref = asked_ref
    on conflict do nothing;
  return found;
end
$function$;

CREATE OR REPLACE FUNCTION public.exclusions_stay()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' then
    if old.ended_at is null and new.ended_at is not null and old.kind <> 'self'
      and to_jsonb(new) - 'ended_at' = to_jsonb(old) - 'ended_at'
      and exists (select 1 from exclusion_ends e where e.exclusion_id = old.id and e.agreed_at is not null
        and e.asked_by <> old.user_id and e.agreed_by <> old.user_id)
    then
      return new;
    end if;
  end if;
  raise exception 'An exclusion ends only when two others have agreed to it.';
end
$function$;

CREATE OR REPLACE FUNCTION public.is_kept_from(person text, concern text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select (acts_for_somebody() and person is distinct from asker()) or kept_from(person, concern)
$function$;

CREATE OR REPLACE FUNCTION public.kept_from(person text, concern text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select not exists (
    select 1 from concerns c where c.ref = concern
      and not exists (select 1 from exclusions x where x.user_id = person and x.ended_at is null and x.staff_id = c.staff_id)
      and not exists (select 1 from exclusions x
        where x.user_id = person and x.ended_at is null and x.person_id <> '' and x.person_id = c.person_id))
$function$;

CREATE OR REPLACE FUNCTION public.kept_from_concern(asked_ref text)
 RETURNS TABLE(id text, user_id text, name text, kind text, of_staff boolean, reason text, since timestamp with time zone, ended_at timestamp with time zone, end_id text, end_reason text, end_asked_by text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select x.id, x.user_id, u.name, x.kind, x.staff_id <> '', x.reason, x.since, x.ended_at, e.id, e.reason, e.asked_by
  from concerns c
  join exclusions x on x.staff_id = c.staff_id or (x.person_id <> '' and x.person_id = c.person_id)
  join users u on u.id = x.user_id
  left join exclusion_ends e on e.exclusion_id = x.id and e.agreed_at is null
  where c.ref = asked_ref and asker_may_read(asked_ref)
  order by u.name, x.kind, x.id
$function$;

CREATE OR REPLACE FUNCTION public.last_audit_entry()
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select coalesce((select max(e.seq) from audit_entries e), 0)
$function$;

CREATE OR REPLACE FUNCTION public.links_stay()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'Who is close to whom can only be added to.';
end
$function$;

CREATE OR REPLACE FUNCTION public.overseen_refs()
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select case when asker_is('auditor', 'data_protection') then
    (select coalesce(array_agg(distinct a.concern_ref), '{}') from authorisations a) else '{}' end
$function$;

CREATE OR REPLACE FUNCTION public.read_broken_glass(glass text, person text, at timestamp with time zone)
 RETURNS TABLE(ref text, staff_id text, person_id text, band text, account text, parts jsonb, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select c.ref, c.staff_id, c.person_id, c.band, c.account, c.parts, g.expires_at
  from break_glass g join concerns c on c.ref = g.concern_ref
  where g.ref = glass and g.asked_by = person and (not acts_for_somebody() or asker() = person)
    and greatest(at, now()) < g.expires_at and at >= g.opened_at and not kept_from(person, g.concern_ref)
$function$;

CREATE OR REPLACE FUNCTION public.shares_line(one text, other text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  with recursive a as (select staff_id from users where id = one), b as (select staff_id from users where id = other),
    above_a as (
      select staff_id from a union select l.staff_id from above_a u join staff_links l on l.other_staff_id = u.staff_id and l.kind = 'supervises'),
    above_b as (
      select staff_id from b union select l.staff_id from above_b u join staff_links l on l.other_staff_id = u.staff_id and l.kind = 'supervises')
  select coalesce((select staff_id from a), '') = '' or coalesce((select staff_id from b), '') = ''
    or exists (select 1 from above_a u join b on b.staff_id = u.staff_id)
    or exists (select 1 from above_b u join a on a.staff_id = u.staff_id)
    or exists (select 1 from staff_links x join staff_links y on y.staff_id = x.staff_id and y.kind = 'supervises'
      join a on a.staff_id = x.other_staff_id join b on b.staff_id = y.other_staff_id where x.kind = 'supervises')
$function$;

CREATE OR REPLACE FUNCTION public.unit_people()
 RETURNS TABLE(user_id text, staff_id text, person_id text, kind text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
  select u.id, u.staff_id, l.person_id, l.kind from users u
  left join staff_links l on l.staff_id = u.staff_id and l.person_id <> ''
  where u.staff_id is not null
    and (not acts_for_somebody() or asker_is('auditor', 'data_protection') or u.id = asker())
$function$;

CREATE TRIGGER audit_entries_only_anonymised BEFORE UPDATE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_only_anonymised();

CREATE TRIGGER audit_entries_stay BEFORE DELETE OR UPDATE ON public.audit_entries_before FOR EACH ROW EXECUTE FUNCTION audit_entries_stay();

CREATE TRIGGER audit_entries_stay BEFORE DELETE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_stay();

CREATE TRIGGER audit_entries_stay_whole BEFORE TRUNCATE ON public.audit_entries_before FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay();

CREATE TRIGGER audit_entries_stay_whole BEFORE TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay();

CREATE TRIGGER authorisations_own_hand BEFORE INSERT OR UPDATE ON public.authorisations FOR EACH ROW WHEN (acts_for_somebody()) EXECUTE FUNCTION authorisations_own_hand();

CREATE TRIGGER break_glass_approvals_stay BEFORE DELETE OR UPDATE ON public.break_glass_approvals FOR EACH ROW EXECUTE FUNCTION break_glass_stays();

CREATE TRIGGER break_glass_approve BEFORE INSERT ON public.break_glass_approvals FOR EACH ROW EXECUTE FUNCTION break_glass_approve();

CREATE TRIGGER break_glass_stays BEFORE DELETE OR UPDATE ON public.break_glass FOR EACH ROW EXECUTE FUNCTION break_glass_stays();

CREATE TRIGGER dip_outcomes_stay BEFORE DELETE OR UPDATE ON public.dip_outcomes FOR EACH ROW EXECUTE FUNCTION dip_samples_stay();

CREATE TRIGGER dip_sample_entries_stay BEFORE DELETE OR UPDATE ON public.dip_sample_entries FOR EACH ROW EXECUTE FUNCTION dip_samples_stay();

CREATE TRIGGER dip_samples_stay BEFORE DELETE OR UPDATE ON public.dip_samples FOR EACH ROW EXECUTE FUNCTION dip_samples_stay();

CREATE TRIGGER exclusions_stay BEFORE DELETE OR UPDATE ON public.exclusions FOR EACH ROW EXECUTE FUNCTION exclusions_stay();

CREATE TRIGGER exclusions_stay_whole BEFORE TRUNCATE ON public.exclusions FOR EACH STATEMENT EXECUTE FUNCTION exclusions_stay();

CREATE TRIGGER staff_links_stay BEFORE DELETE OR UPDATE ON public.staff_links FOR EACH ROW EXECUTE FUNCTION links_stay();

CREATE TRIGGER staff_links_stay_whole BEFORE TRUNCATE ON public.staff_links FOR EACH STATEMENT EXECUTE FUNCTION links_stay();

CREATE TRIGGER users_are_kept_from_their_own AFTER INSERT OR UPDATE OF staff_id ON public.users FOR EACH ROW WHEN ((new.staff_id IS NOT NULL)) EXECUTE FUNCTION derive_own_exclusions();

alter table audit_entries enable row level security;

alter table authorisation_reviews enable row level security, force row level security;

alter table authorisations enable row level security, force row level security;

alter table break_glass enable row level security, force row level security;

alter table break_glass_approvals enable row level security, force row level security;

alter table concern_evidence enable row level security, force row level security;

alter table concern_history enable row level security, force row level security;

alter table concerns enable row level security, force row level security;

alter table destructions enable row level security, force row level security;

alter table dip_outcomes enable row level security, force row level security;

alter table dip_sample_entries enable row level security, force row level security;

alter table dip_samples enable row level security, force row level security;

alter table disposition_indicators enable row level security, force row level security;

alter table dispositions enable row level security, force row level security;

alter table erasures enable row level security, force row level security;

alter table exceptions enable row level security, force row level security;

alter table exclusion_ends enable row level security, force row level security;

alter table exclusions enable row level security, force row level security;

alter table feed_bases enable row level security, force row level security;

alter table holds enable row level security, force row level security;

alter table notices enable row level security, force row level security;

alter table staff_links enable row level security, force row level security;

alter table sweeps enable row level security, force row level security;

alter table tip_offs enable row level security, force row level security;

alter table unmasks enable row level security, force row level security;

create policy adding on audit_entries as permissive for insert to upstander_accounts, upstander_staff
  with check true;

create policy auditing on audit_entries as permissive for select to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['auditor'::text, 'data_protection'::text]) AS asker_is);

create policy service on audit_entries as permissive for all to upstander_service
  using true
  with check true;

create policy own_hand on authorisation_reviews as restrictive for insert to upstander_staff
  with check ((by_user = ( SELECT asker() AS asker)) AND ( SELECT asker_is(VARIADIC ARRAY['head_of_unit'::text]) AS asker_is));

create policy service on authorisation_reviews as permissive for all to upstander_service
  using true
  with check true;

create policy unit on authorisation_reviews as permissive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM authorisations a
  WHERE (a.ref = authorisation_reviews.authorisation)))
  with check (EXISTS ( SELECT 1
   FROM authorisations a
  WHERE (a.ref = authorisation_reviews.authorisation)));

create policy never on authorisations as restrictive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = authorisations.concern_ref)))
  with check (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = authorisations.concern_ref)));

create policy service on authorisations as permissive for all to upstander_service
  using true
  with check true;

create policy unit on authorisations as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text, 'auditor'::text, 'data_protection'::text]) AS asker_is);

create policy never on break_glass as restrictive for all to upstander_staff
  using (NOT is_kept_from(( SELECT asker() AS asker), concern_ref))
  with check (NOT is_kept_from(( SELECT asker() AS asker), concern_ref));

create policy own_hand on break_glass as restrictive for insert to upstander_staff
  with check ((asked_by = ( SELECT asker() AS asker)) AND (opened_at IS NULL) AND (reviewed_at IS NULL) AND ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text, 'case_handler'::text, 'survivor_engagement'::text, 'prevent'::text]) AS asker_is));

create policy part on break_glass as permissive for all to upstander_staff
  using ((asked_by = ( SELECT asker() AS asker)) OR ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text, 'auditor'::text, 'data_protection'::text]) AS asker_is));

create policy reviewing on break_glass as restrictive for update to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['auditor'::text, 'data_protection'::text]) AS asker_is)
  with check (reviewed_by = ( SELECT asker() AS asker));

create policy service on break_glass as permissive for all to upstander_service
  using true
  with check true;

create policy part on break_glass_approvals as permissive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM break_glass g
  WHERE (g.ref = break_glass_approvals.break_glass)))
  with check ((by_user = ( SELECT asker() AS asker)) AND (EXISTS ( SELECT 1
   FROM break_glass g
  WHERE (g.ref = break_glass_approvals.break_glass))));

create policy service on break_glass_approvals as permissive for all to upstander_service
  using true
  with check true;

create policy never on concern_evidence as restrictive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = concern_evidence.ref)))
  with check (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = concern_evidence.ref)));

create policy service on concern_evidence as permissive for all to upstander_service
  using true
  with check true;

create policy unit on concern_evidence as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text]) AS asker_is);

create policy never on concern_history as restrictive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = concern_history.ref)))
  with check (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = concern_history.ref)));

create policy own_hand on concern_history as restrictive for insert to upstander_staff
  with check ((by_user IS NULL) OR (by_user = ( SELECT asker() AS asker)));

create policy service on concern_history as permissive for all to upstander_service
  using true
  with check true;

create policy unit on concern_history as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text]) AS asker_is);

create policy never on concerns as restrictive for all to upstander_staff
  using ((NOT (EXISTS ( SELECT 1
   FROM exclusions x
  WHERE ((x.user_id = ( SELECT asker() AS asker)) AND (x.ended_at IS NULL) AND (x.staff_id = concerns.staff_id))))) AND (NOT (EXISTS ( SELECT 1
   FROM exclusions x
  WHERE ((x.user_id = ( SELECT asker() AS asker)) AND (x.ended_at IS NULL) AND (x.person_id <> ''::text) AND (x.person_id = concerns.person_id))))));

create policy oversight on concerns as permissive for select to upstander_staff
  using (ref = ANY (( SELECT overseen_refs() AS overseen_refs)::text[]));

create policy service on concerns as permissive for all to upstander_service
  using true
  with check true;

create policy unit on concerns as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text]) AS asker_is);

create policy keepers on destructions as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['head_of_unit'::text, 'data_protection'::text]) AS asker_is);

create policy own_hand on destructions as restrictive for insert to upstander_staff
  with check ((asked_by = ( SELECT asker() AS asker)) AND (agreed_by IS NULL) AND (withdrawn_by IS NULL) AND (done_at IS NULL));

create policy second_person on destructions as restrictive for update to upstander_staff
  using ((done_at IS NULL) AND (withdrawn_at IS NULL))
  with check ((done_at IS NULL) AND ((withdrawn_by = ( SELECT asker() AS asker)) OR ((withdrawn_by IS NULL) AND (agreed_by = ( SELECT asker() AS asker)))));

create policy service on destructions as permissive for all to upstander_service
  using true
  with check true;

create policy oversight on dip_outcomes as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['auditor'::text, 'data_protection'::text]) AS asker_is)
  with check ( SELECT asker_is(VARIADIC ARRAY['auditor'::text, 'data_protection'::text]) AS asker_is);

create policy own_hand on dip_outcomes as restrictive for insert to upstander_staff
  with check ((by_user = ( SELECT asker() AS asker)) AND (NOT (EXISTS ( SELECT 1
   FROM audit_entries e
  WHERE ((e.seq = dip_outcomes.seq) AND (e.who = ( SELECT asker() AS asker)))))));

create policy service on dip_outcomes as permissive for all to upstander_service
  using true
  with check true;

create policy oversight on dip_sample_entries as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['auditor'::text, 'data_protection'::text]) AS asker_is)
  with check ( SELECT asker_is(VARIADIC ARRAY['auditor'::text, 'data_protection'::text]) AS asker_is);

create policy service on dip_sample_entries as permissive for all to upstander_service
  using true
  with check true;

create policy oversight on dip_samples as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['auditor'::text, 'data_protection'::text]) AS asker_is)
  with check ( SELECT asker_is(VARIADIC ARRAY['auditor'::text, 'data_protection'::text]) AS asker_is);

create policy service on dip_samples as permissive for all to upstander_service
  using true
  with check true;

create policy service on disposition_indicators as permissive for all to upstander_service
  using true
  with check true;

create policy unit on disposition_indicators as permissive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM dispositions d
  WHERE (d.id = disposition_indicators.disposition)))
  with check (EXISTS ( SELECT 1
   FROM dispositions d
  WHERE (d.id = disposition_indicators.disposition)));

create policy never on dispositions as restrictive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = dispositions.ref)))
  with check (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = dispositions.ref)));

create policy own_hand on dispositions as restrictive for insert to upstander_staff
  with check (by_user = ( SELECT asker() AS asker));

create policy service on dispositions as permissive for all to upstander_service
  using true
  with check true;

create policy unit on dispositions as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text]) AS asker_is);

create policy service on erasures as permissive for all to upstander_service
  using true
  with check true;

create policy never on exceptions as restrictive for all to upstander_staff
  using (((concern_ref IS NULL) OR (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = exceptions.concern_ref)))) AND (NOT (EXISTS ( SELECT 1
   FROM exclusions x
  WHERE ((x.user_id = ( SELECT asker() AS asker)) AND (x.ended_at IS NULL) AND ((x.staff_id = exceptions.staff_id) OR ((x.person_id <> ''::text) AND (x.person_id = exceptions.person_id))))))));

create policy service on exceptions as permissive for all to upstander_service
  using true
  with check true;

create policy unit on exceptions as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text]) AS asker_is);

create policy service on exclusion_ends as permissive for all to upstander_service
  using true
  with check true;

create policy own on exclusions as permissive for select to upstander_staff
  using (user_id = ( SELECT asker() AS asker));

create policy recusal on exclusions as permissive for insert to upstander_staff
  with check ((user_id = ( SELECT asker() AS asker)) AND (by_user = ( SELECT asker() AS asker)) AND (kind = 'recusal'::text));

create policy service on exclusions as permissive for all to upstander_service
  using true
  with check true;

create policy everybody on feed_bases as permissive for select to upstander_staff
  using (( SELECT asker() AS asker) IS NOT NULL);

create policy officer on feed_bases as permissive for insert to upstander_staff
  with check (( SELECT asker_is(VARIADIC ARRAY['data_protection'::text]) AS asker_is) AND (made_by = ( SELECT asker() AS asker)) AND (through_batch IS NULL));

create policy service on feed_bases as permissive for all to upstander_service
  using true
  with check true;

create policy keepers on holds as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['head_of_unit'::text, 'data_protection'::text]) AS asker_is);

create policy never on holds as restrictive for all to upstander_staff
  using ((staff_id = ''::text) OR (NOT (EXISTS ( SELECT 1
   FROM exclusions x
  WHERE ((x.user_id = ( SELECT asker() AS asker)) AND (x.ended_at IS NULL) AND (x.staff_id = holds.staff_id))))))
  with check true;

create policy own_hand on holds as restrictive for insert to upstander_staff
  with check ((made_by = ( SELECT asker() AS asker)) AND (ended_by IS NULL));

create policy service on holds as permissive for all to upstander_service
  using true
  with check true;

create policy never on notices as restrictive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = notices.ref)))
  with check (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = notices.ref)));

create policy own_hand on notices as restrictive for insert to upstander_staff
  with check (by_user = ( SELECT asker() AS asker));

create policy service on notices as permissive for all to upstander_service
  using true
  with check true;

create policy unit on notices as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text]) AS asker_is);

create policy notice on staff_links as permissive for insert to upstander_staff
  with check ((kind = 'associate'::text) AND (source ~~ 'notices:%'::text) AND ( SELECT asker_is(VARIADIC ARRAY['investigator'::text, 'head_of_unit'::text]) AS asker_is));

create policy service on staff_links as permissive for all to upstander_service
  using true
  with check true;

create policy never on sweeps as restrictive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = sweeps.ref)))
  with check (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = sweeps.ref)));

create policy own_hand on sweeps as restrictive for insert to upstander_staff
  with check (by_user = ( SELECT asker() AS asker));

create policy service on sweeps as permissive for all to upstander_service
  using true
  with check true;

create policy unit on sweeps as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text]) AS asker_is);

create policy service on tip_offs as permissive for all to upstander_service
  using true
  with check true;

create policy unit on tip_offs as permissive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM notices n
  WHERE (n.id = tip_offs.notice_id)))
  with check (EXISTS ( SELECT 1
   FROM notices n
  WHERE (n.id = tip_offs.notice_id)));

create policy never on unmasks as restrictive for all to upstander_staff
  using (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = unmasks.ref)))
  with check (EXISTS ( SELECT 1
   FROM concerns c
  WHERE (c.ref = unmasks.ref)));

create policy own_hand on unmasks as restrictive for insert to upstander_staff
  with check ((asked_by = ( SELECT asker() AS asker)) AND (granted_by IS NULL) AND (granted_at IS NULL) AND (expires_at IS NULL));

create policy second_person on unmasks as restrictive for update to upstander_staff
  using ((asked_by <> ( SELECT asker() AS asker)) AND (granted_at IS NULL) AND ( SELECT asker_is(VARIADIC ARRAY['investigator'::text, 'head_of_unit'::text]) AS asker_is))
  with check (granted_by = ( SELECT asker() AS asker));

create policy service on unmasks as permissive for all to upstander_service
  using true
  with check true;

create policy unit on unmasks as permissive for all to upstander_staff
  using ( SELECT asker_is(VARIADIC ARRAY['analyst'::text, 'investigator'::text, 'head_of_unit'::text]) AS asker_is);

