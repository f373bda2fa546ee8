-- What each role of the store may do; given anew at every start, after the migrations. The roles themselves are made in
-- db/migrations/0014. None owns a table, none can pass by row-level security, none makes or changes tables.
--
-- On a server, the user of DATABASE_URL must own the database and be able to make roles, and need be nothing more:
--   create role upstander login createrole password '…';
--   create database upstander owner upstander;

revoke all on schema public from public;
grant usage on schema public to upstander_staff, upstander_accounts, upstander_service;
revoke execute on all functions in schema public from public;
revoke all on all tables in schema public from upstander_staff, upstander_accounts;

-- Detection and the nightly jobs.
grant select, insert, update, delete on all tables in schema public to upstander_service;
grant usage on all sequences in schema public to upstander_service, upstander_staff, upstander_accounts;
grant execute on all functions in schema public to upstander_service;

-- The pages that read police data, for whoever is signed in.
grant select, insert, update on all tables in schema public to upstander_staff;
grant delete on indicator_drafts to upstander_staff;
revoke all on sessions, accounts, verifications, authenticators, recovery_codes, passkeys, sign_in_steps, sign_in_failures,
  users, user_roles, role_requests, schema_migrations, staff_links, exclusions, exclusion_ends, concerns, audit_entries, audit_entries_before,
  raise_runs, break_glass, break_glass_approvals, feed_bases, dip_samples, dip_sample_entries, dip_outcomes
  from upstander_staff;
grant select (id, name, email, disabled_at) on users to upstander_staff;
grant select (user_id, role) on user_roles to upstander_staff;
grant select on concerns to upstander_staff;
grant update (status, waiting_since, due_on, watch_until, closed_at, decided_band, version) on concerns to upstander_staff;
grant select (user_id, staff_id, person_id, ended_at), insert on exclusions to upstander_staff;
grant insert on staff_links to upstander_staff;
-- What is said of feeds, and what is drawn and judged, is only added to.
grant select, insert on break_glass, break_glass_approvals, feed_bases, dip_samples, dip_sample_entries, dip_outcomes to upstander_staff;
grant update (reviewed_by, reviewed_at, justified, review) on break_glass to upstander_staff;
grant select (id, at, on_day, staff_count) on raise_runs to upstander_staff;
grant select, insert on audit_entries to upstander_staff;
grant insert on audit_entries to upstander_accounts;
grant select, insert, update on audit_log to upstander_staff, upstander_accounts;
grant select (seq, hash) on audit_entries_before to upstander_staff, upstander_accounts;
grant execute on function last_audit_entry() to upstander_staff, upstander_accounts;
grant execute on function asker(), asker_is(text[]), overseen_refs(), count_entered(date, date), count_decided(date, date),
  derive_exclusions(timestamptz, text), acts_for_somebody(), unit_people(),
  is_kept_from(text, text), break_glass_obstacle(text, text, timestamptz), read_broken_glass(text, text, timestamptz),
  count_unmasked(text, text, timestamptz), concerns_nobody_may_read(), kept_from_concern(text), exclude_by_hand(text, text, text, timestamptz),
  ask_exclusion_end(text, text, text, timestamptz), agree_exclusion_end(text, text, timestamptz) to upstander_staff;

-- Signing in, one's own account, and the accounts of others: no police data at all.
grant select, insert, update, delete on sessions, accounts, verifications, authenticators, recovery_codes, passkeys, sign_in_steps,
  sign_in_failures, users, user_roles, role_requests to upstander_accounts;
