-- What the force's directory calls the visit that a session began with (`sid`), so that its sign-out of that visit ends exactly this session.
alter table sessions add column directory_visit text;
