import type { Area, Home, Place, Site } from './area.ts'
import type { ForceSettings } from './force-settings.ts'
import type { PackageWriter } from './package-writer.ts'
import type { Random } from './random.ts'
import type { Texts } from './texts.ts'

/** A member of staff. Moments are seconds and days are days, since 1970. */
export type Member = {
  readonly id: string
  readonly role: 'officer' | 'pcso' | 'staff' | 'special'
  readonly rank: string
  readonly post: string
  readonly team: string
  readonly town: number
  readonly home: Home
  readonly personalNumber: string
  readonly personalEmail: string
  readonly male: boolean
  readonly partTime: boolean
  readonly joinedOn: number
  readonly leftOn: number | undefined
  supervisor: Member | undefined
  /** Issued mobile number; empty without one. */
  mobile: string
  /** Whether texts on the mobile are captured. */
  captured: boolean
  email: string
  /** In order of start. */
  shifts: Shift[]
  absences: { readonly from: number; readonly to: number; readonly kind: string }[]
  /** People they have had to do with, in order of beginning. */
  dealings: Dealing[]
  /** The innocent pattern they were given, if any. */
  lookAlike: string
  offender: boolean
}

/** One turn of duty, overtime included. */
export type Shift = {
  readonly member: Member
  readonly start: number
  end: number
  readonly pattern: 'early' | 'late' | 'night' | 'day'
  outing: Outing | undefined
}

/** A vehicle or a foot patrol, who was on it, and where it went. */
export type Outing = {
  /** Empty on foot without a radio that reports. */
  readonly unit: string
  readonly kind: 'vehicle' | 'foot'
  readonly crew: readonly Shift[]
  readonly start: number
  readonly end: number
  readonly station: Site
  readonly visits: Visit[]
  freeAt: number
  /** Silences of the tracker, as moments. */
  silences: { readonly from: number; readonly to: number }[]
}

/** A time at a place, vehicle parked at `at`. */
export type Visit = {
  readonly at: Place
  readonly from: number
  readonly to: number
  readonly engineOff: boolean
}

/** A member of the public. */
export type Person = {
  readonly id: string
  readonly female: boolean
  readonly birthYear: number
  readonly home: Home
  readonly number: string
  readonly email: string
  readonly flags: Set<string>
}

export type Incident = {
  readonly id: string
  readonly type: string
  readonly grade: string
  readonly openedAt: number
  closedAt: number
  readonly at: Place
  readonly town: number
  /** The first is the victim or the one it is about. */
  readonly people: readonly { readonly person: Person; readonly part: string }[]
  readonly attended: {
    readonly shift: Shift
    readonly assigned: number
    readonly arrived: number
    readonly left: number
  }[]
}

export type Investigation = {
  readonly id: string
  readonly incident: Incident
  readonly openedAt: number
  closedAt: number
  closure: string
  readonly allocations: {
    readonly member: Member
    readonly part: string
    readonly from: number
    to: number | undefined
  }[]
}

/** What a member of staff has to do with a person, and for how long. */
export type Dealing = {
  readonly person: Person
  readonly from: number
  /** When the purpose ended. */
  to: number
  readonly kind: 'attendance' | 'allocation' | 'assignment' | 'custody'
  /** Incident or crime number, empty where there is none. */
  readonly reference: string
  readonly incident: Incident | undefined
  readonly investigation: Investigation | undefined
  /** How much traffic the pair has, against other pairs; 1 is the median. */
  readonly weight: number
}

/** Who offends, with whom, and what of it the force could see. */
export type Offence = {
  readonly member: Member
  readonly person: Person
  readonly style: 'predatory' | 'exploratory'
  readonly channel: 'work_first' | 'personal_only' | 'visits_led'
  readonly firstImproperAt: number
  readonly cameToLightAt: number
  readonly dark: boolean
  /** What of it touched a record of the force; empty where the offender is dark, or nothing they meant to do came about. */
  readonly traces: Trace[]
}

/** A kind of record that an offence left, and when it first did. */
export type Trace = { readonly kind: 'work_phone' | 'look_ups' | 'visits'; readonly at: number }

/** A call or message on an issued device, seen from the device's side. */
export type Call = {
  readonly device: string
  readonly other: string
  readonly direction: 'in' | 'out'
  readonly at: number
  readonly kind: 'voice' | 'sms' | 'mms'
  /** Seconds, voice only. */
  readonly seconds?: number
  /** What was written, where the device's texts are captured. */
  readonly text?: string | undefined
}

/** What goes through the issued devices. */
export type Traffic = {
  /** Writes the bill and, where there is text, the captured message. */
  readonly carry: (call: Call) => void
  /** Has a handset downloaded: what it still holds is counted. */
  readonly download: (device: string, from: number, to: number) => void
  /** A thread deleted from a handset, but for a share of it. */
  readonly forget: (device: string, other: string, kept: number) => void
  /** Writes handset_counts. */
  readonly countHandsets: () => void
}

/** The force as it has been lived so far. Each step of the simulation adds to it. */
export type World = {
  readonly settings: ForceSettings
  /** How many offend where somebody asked for a number; from the settings when absent. */
  readonly offendersWanted: number | undefined
  /** First moment lived, first moment extracted, and the moment of the extract. */
  readonly opening: number
  readonly start: number
  readonly end: number
  readonly area: Area
  readonly staff: Member[]
  readonly people: Person[]
  readonly incidents: Incident[]
  readonly investigations: Investigation[]
  readonly outings: Outing[]
  readonly offences: Offence[]
  readonly package: PackageWriter
  readonly texts: Texts
  readonly traffic: Traffic
  /** A stream of chance of its own for each part. */
  readonly random: (part: string) => Random
}
