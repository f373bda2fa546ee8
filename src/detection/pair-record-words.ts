import type { PairRows } from './pair-record-queries.ts'

/** "Text sent", "Call received, 3 min 20 s". */
export const contactWords = (row: PairRows['contacts']): string => {
  const what = contactKinds[row.kind] ?? 'Message'
  const way =
    row.kind === 'voice'
      ? row.direction === 'out'
        ? 'made'
        : 'received'
      : row.direction === 'out'
        ? 'sent'
        : 'received'
  const length = row.kind === 'voice' ? `, ${durationWords(row.duration_s)}` : ''
  const held = row.attribution === 'shared' ? ', on a shared device: may be somebody else' : ''
  return `${what} ${way}${length}${held}`
}

/** "Stopped 12 min, 40 m from their home, alone". */
export const stayWords = (row: PairRows['stays']): string => {
  const doing = row.level === 'halt' ? 'Halted' : 'Stopped'
  const place =
    row.address_kind === 'home' || row.address_kind === ''
      ? 'their home'
      : `their ${row.address_kind} address`
  const crew = row.crew_size <= 1 ? 'alone' : `crew of ${row.crew_size}`
  const homes = row.ambiguity > 1 ? `, one of ${row.ambiguity} linked addresses there` : ''
  const doubt =
    row.certainty === 'known'
      ? ''
      : row.certainty === 'corroborates'
        ? ', sparse radio fixes: corroborates only'
        : ', signal lost: may have left'
  return `${doing} ${Math.max(1, Math.round(row.minutes))} min, ${Math.round(row.distance_m)} m from ${place}, ${crew}${homes}${doubt}`
}

/** "Viewed the person's record", "Searched an address of theirs, remotely". */
export const lookUpWords = (row: PairRows['lookUps']): string =>
  `${lookUpActions[row.action] ?? 'Opened'} ${lookUpSubjects[row.via] ?? 'a record of theirs'}${row.remote ? ', remotely' : ''}`

/** What a recorded reason says: "Attended", "Allocated: officer in charge". */
export const reasonWords = (row: PairRows['reasons']): string => {
  const part = row.part === '' ? '' : `: ${spoken(row.part)}`
  return `${reasonKinds[row.kind] ?? spoken(row.kind)}${part}`
}

/** "On duty, overtime", "Absent, sick". */
export const dutyWords = (row: PairRows['duties']): string => {
  const state = row.state === 'on_duty' ? 'On duty' : row.state === 'on_call' ? 'On call' : 'Absent'
  return row.reason === '' || row.reason === row.state ? state : `${state}, ${spoken(row.reason)}`
}

/** What was declared, in words: "Declared a conflict of interest about this person, 1 contact". */
export const declaredWords = (kind: string, said: number | null): string => {
  const what = declaredKinds[kind] ?? 'Declared something about this person'
  return said === null ? what : `${what}, ${said} ${said === 1 ? 'contact' : 'contacts'}`
}

/** One step of a sequence: "Step 2: 5 contacts off duty". */
export const sequenceWords = (row: PairRows['sequences']): string => `Step ${row.step}: ${row.says}`

const spoken = (word: string): string => word.replaceAll('_', ' ')

const durationWords = (seconds: number): string => {
  if (seconds < 60) return `${seconds} s`
  const rest = seconds % 60
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`
}

const contactKinds: Readonly<Record<string, string>> = {
  voice: 'Call',
  sms: 'Text',
  mms: 'Picture message',
  email: 'E-mail',
  teams: 'Teams message',
  force_social: 'Social media message',
  call_transcript: 'Recorded call',
}

const lookUpActions: Readonly<Record<string, string>> = {
  search: 'Searched',
  view: 'Viewed',
  image_view: 'Viewed images in',
  edit: 'Edited',
  print: 'Printed',
  export: 'Exported',
}

const lookUpSubjects: Readonly<Record<string, string>> = {
  person: 'the person’s record',
  address: 'an address of theirs',
  number: 'a number of theirs',
  vehicle: 'a vehicle of theirs',
  incident: 'an incident they are in',
  investigation: 'an investigation they are in',
}

const reasonKinds: Readonly<Record<string, string>> = {
  attendance: 'Attended an incident',
  allocation: 'Allocated to the case',
  assignment: 'Assigned to the person',
  custody: 'Custody visit',
  stop: 'Stop recorded',
  logged_contact: 'Logged a contact',
  log_action: 'Action on the incident log',
}

const declaredKinds: Readonly<Record<string, string>> = {
  notifiable_association: 'Declared a notifiable association with this person',
  new_partner: 'Declared this person as a new partner',
  approach_by_member_of_public: 'Declared an approach by this person',
  conflict_of_interest: 'Declared a conflict of interest about this person',
  known_before_duty: 'Declared having known this person before duty brought them together',
}
