import type { AuditEvent } from './audit-events.ts'

/** Where the application's tables say that something was done, and which entries of the log tell of it. Column and SQL texts are constants of this file. */
export type ActSource = {
  /** What was done, in the words of a fault; one for each source. */
  readonly what: string
  /** The events that tell of it; any of them will do. */
  readonly events: readonly AuditEvent[]
  readonly table: string
  /** The column of who did it; undefined where the table does not say. */
  readonly by?: string
  /** SQL of what the entry is about; undefined where the table cannot tell. */
  readonly subject?: string
  /** Column of when. */
  readonly at: string
  /** SQL of which rows tell of it; all when left out. */
  readonly where?: string
  /** Rows that tell of one and the same act where who, about what and when are the same. */
  readonly many?: boolean
  /** True where rows go in the ordinary course: the log may then well have more. */
  readonly goes?: boolean
}

const act = (
  what: AuditEvent,
  source: Omit<ActSource, 'what' | 'events'> & { readonly events?: ActSource['events'] },
): ActSource => ({ what, events: [what], ...source })

const ofConcerns = [
  act('concern-decided', { table: 'dispositions', by: 'by_user', subject: 'ref', at: 'at' }),
  act('concern-decision-undone', {
    table: 'dispositions',
    subject: 'ref',
    at: 'undone_at',
    where: 'undone_at is not null',
  }),
  act('concern-recused', {
    table: 'exclusions',
    by: 'user_id',
    subject: 'substr(source, 10)',
    at: 'since',
    many: true,
    where: "kind = 'recusal' and source like 'concerns:%'",
    goes: true,
  }),
  act('excluded-by-hand', {
    table: 'exclusions',
    by: 'by_user',
    subject: 'substr(source, 10)',
    at: 'since',
    where: "kind = 'by_hand' and source like 'concerns:%'",
  }),
  act('exclusion-end-asked', { table: 'exclusion_ends', by: 'asked_by', at: 'asked_at' }),
  act('exclusion-ended', {
    table: 'exclusion_ends',
    by: 'agreed_by',
    at: 'agreed_at',
    where: 'agreed_by is not null',
  }),
  act('unmask-asked', { table: 'unmasks', by: 'asked_by', subject: 'ref', at: 'asked_at' }),
  act('unmask-granted', {
    table: 'unmasks',
    by: 'granted_by',
    subject: 'ref',
    at: 'granted_at',
    where: 'granted_at is not null',
  }),
  act('notice-entered', { table: 'notices', by: 'by_user', subject: 'ref', at: 'at' }),
  act('notice-ended', {
    table: 'notices',
    by: 'ended_by',
    subject: 'ref',
    at: 'ended_at',
    where: 'ended_by is not null',
  }),
  act('sweep-run', { table: 'sweeps', by: 'by_user', subject: 'ref', at: 'at' }),
]

const authorisation = { table: 'authorisations', subject: "ref || ' ' || concern_ref" }

const ofAuthorisations = [
  act('authorisation-asked', { ...authorisation, by: 'asked_by', at: 'asked_at' }),
  act('authorisation-granted', {
    ...authorisation,
    by: 'answered_by',
    at: 'answered_at',
    where: 'granted',
  }),
  act('authorisation-refused', {
    ...authorisation,
    by: 'answered_by',
    at: 'answered_at',
    where: 'not granted',
  }),
  act('authorisation-ended', {
    ...authorisation,
    by: 'ended_by',
    at: 'ended_at',
    where: 'ended_by is not null',
  }),
  act('authorisation-reviewed', {
    table: 'authorisation_reviews',
    by: 'by_user',
    at: 'at',
    subject: "authorisation || ' ' || (select concern_ref from authorisations a where a.ref = authorisation)",
  }),
]

const glass = { table: 'break_glass', subject: "ref || ' ' || concern_ref" }

const ofEmergencies = [
  act('break-glass-asked', { ...glass, by: 'asked_by', at: 'asked_at' }),
  act('break-glass-approved', {
    table: 'break_glass_approvals',
    by: 'by_user',
    at: 'at',
    subject: "break_glass || ' ' || (select concern_ref from break_glass g where g.ref = break_glass)",
    // The second approval opens it, and is an event of its own.
    events: ['break-glass-approved', 'break-glass-opened'],
  }),
  act('break-glass-opened', { ...glass, at: 'opened_at', where: 'opened_at is not null' }),
  act('break-glass-reviewed', {
    ...glass,
    by: 'reviewed_by',
    at: 'reviewed_at',
    where: 'reviewed_by is not null',
  }),
]

const exception = { table: 'exceptions', subject: "trim(id || ' ' || coalesce(concern_ref, ''))" }
const edition = {
  table: 'indicator_editions',
  subject: "indicator || ' ' || content_version || '.' || edition",
  at: 'at',
}

const ofDetection = [
  act('exception-made', { ...exception, by: 'made_by', at: 'made_at' }),
  act('exception-ended', {
    ...exception,
    by: 'ended_by',
    at: 'ended_at',
    where: 'ended_by is not null',
  }),
  act('tuning-drafted', {
    table: 'indicator_drafts',
    by: 'made_by',
    subject: 'indicator',
    at: 'changed_at',
    goes: true,
    events: ['tuning-drafted', 'tuning-asked'],
  }),
  act('tuning-asked', {
    ...edition,
    by: 'made_by',
    subject: 'indicator',
    where: 'rolled_back_to is null',
    goes: true,
  }),
  act('tuning-published', { ...edition, by: 'agreed_by', where: 'rolled_back_to is null' }),
  act('tuning-rolled-back', { ...edition, by: 'made_by', where: 'rolled_back_to is not null' }),
  act('feeds-confirmed', {
    table: 'feed_bases',
    subject: 'feed',
    at: 'made_at',
    where: 'not withdrawn',
    // Whoever confirmed at the machine has no account: the log has them in the reason.
    by: "case when exists (select 1 from users u where u.id = made_by) then made_by else 'set-up' end",
  }),
  act('feeds-withdrawn', {
    table: 'feed_bases',
    by: 'made_by',
    subject: 'feed',
    at: 'made_at',
    where: 'withdrawn',
  }),
]

const destruction = { table: 'destructions', subject: 'id' }

const ofRecords = [
  act('hold-placed', { table: 'holds', by: 'made_by', subject: 'id', at: 'made_at' }),
  act('hold-ended', {
    table: 'holds',
    by: 'ended_by',
    subject: 'id',
    at: 'ended_at',
    where: 'ended_by is not null',
  }),
  act('destruction-asked', { ...destruction, by: 'asked_by', at: 'asked_at' }),
  act('destruction-agreed', {
    ...destruction,
    by: 'agreed_by',
    at: 'agreed_at',
    where: 'agreed_by is not null',
  }),
  act('destruction-withdrawn', {
    ...destruction,
    by: 'withdrawn_by',
    at: 'withdrawn_at',
    where: 'withdrawn_by is not null',
  }),
  // Carried out again on every older copy that is restored.
  act('records-destroyed', { ...destruction, at: 'done_at', where: 'done_at is not null', goes: true }),
  act('dip-sample-drawn', { table: 'dip_samples', subject: 'month', at: 'drawn_at' }),
  act('dip-sample-judged', { table: 'dip_outcomes', by: 'by_user', subject: 'seq::text', at: 'at' }),
]

const rolesGiven = ['account-made', 'roles-changed', 'account-linked', 'account-invited-again'] as const

const ofAccounts = [
  act('account-made', { table: 'users', subject: 'id', at: 'created_at' }),
  act('roles-changed', {
    table: 'user_roles',
    by: 'given_by',
    subject: 'user_id',
    at: 'given_at',
    many: true,
    goes: true,
    events: [...rolesGiven, 'roles-confirmed'],
  }),
  {
    what: 'roles-asked-for',
    events: rolesGiven,
    table: 'role_requests',
    by: 'asked_by',
    subject: 'user_id',
    at: 'asked_at',
    many: true,
    goes: true,
  },
  act('roles-confirmed', {
    table: 'role_requests',
    by: 'answered_by',
    subject: 'user_id',
    at: 'answered_at',
    many: true,
    where: 'answered_at is not null',
    goes: true,
  }),
  act('own-factor-added', {
    table: 'passkeys',
    by: 'user_id',
    subject: 'user_id',
    at: 'made_at',
    goes: true,
  }),
  act('signed-in', { table: 'sessions', by: 'user_id', subject: "''", at: 'opened_at', goes: true }),
]

/** Every act that a table tells of. */
export const actSources: readonly ActSource[] = [
  ...ofConcerns,
  ...ofAuthorisations,
  ...ofEmergencies,
  ...ofDetection,
  ...ofRecords,
  ...ofAccounts,
]
