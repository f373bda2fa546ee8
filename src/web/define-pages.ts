import type { Permission } from '../access/permissions.ts'
import type { Session } from '../access/session.ts'
import type { User } from '../access/user.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import type { WebDeps } from './web-deps.ts'

/** Who may open a page: holders of a permission, anyone signed in (their own account, help), or anyone at all (signing in). */
export type PageAccess = Permission | 'signed-in' | 'anyone'

/**
 * The event a visit is logged as, before the page is made. `byUseCase` is for forms whose use case writes the event together
 * with the change itself; a refusal is written by the page all the same. `not-audited` must be spelled out, and a test lists
 * every page that says so.
 */
export type PageAudit = AuditEvent | { readonly byUseCase: AuditEvent } | 'not-audited'

/** What a handler is given: who asks, and what they typed. Everything typed is still to be checked. */
export type Visit<Who extends User | undefined = User> = {
  readonly user: Who
  /** The visit this belongs to, from signing in to signing out. */
  readonly session: Who extends User ? Session : undefined
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly form: Readonly<Record<string, unknown>>
  /** Network address the request came from, for the log. */
  readonly from: string
  readonly headers: Headers
}

/** What a handler answers with. `missing` is also the answer to a person who may not know that the thing exists. */
export type Answer =
  | {
      readonly show: string
      readonly data: PageData
      readonly status?: number
      /** `set-cookie` lines. */
      readonly cookies?: readonly string[]
    }
  | { readonly goTo: string; /** `set-cookie` lines. */ readonly cookies?: readonly string[] }
  | {
      /** A file to keep. Its name holds nobody's. */
      readonly send: string | Buffer
      readonly type: string
      readonly fileName: string
    }
  | 'missing'

/** Every page has a title; it must be free of names, because browsers keep it. */
export type PageData = Readonly<Record<string, unknown>> & { readonly title: string }

type PageOf<Access extends PageAccess, Who extends User | undefined> = {
  readonly method: 'GET' | 'POST'
  /** From `paths.ts`. */
  readonly path: string
  readonly permission: Access
  readonly audit: PageAudit
  /** Why a person opens it: goes to the log with the visit. */
  readonly purpose: string
  /** `fresh` for the gravest acts: whoever sits there shows anew who they are, unless they did so minutes ago. */
  readonly proof?: 'fresh'
  /** Open also to a person who must still choose a password or set up a second step. */
  readonly whileSettingUp?: true
  readonly handle: (deps: WebDeps, visit: Visit<Who>) => Promise<Answer>
}

/** A page of the staff app. Leaving out its permission or its audit event does not compile. */
export type Page = PageOf<Permission | 'signed-in', User> | PageOf<'anyone', User | undefined>

/** The only way to add pages to the app. */
export const definePages = (pages: readonly Page[]): readonly Page[] => pages
