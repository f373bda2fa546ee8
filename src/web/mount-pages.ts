import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../access/session.ts'
import type { AuditEvent } from '../audit/audit-events.ts'
import { appendEvent, settleLog } from '../audit/audit-log.ts'
import type { FormGuard } from './csrf.ts'
import type { Answer, Page, Visit } from './define-pages.ts'
import { waitForBeat } from './even-time.ts'
import { showMissing, type ShowPlain } from './error-pages.ts'
import { mayOpen } from './may-open.ts'
import { paths } from './paths.ts'
import { onBehalfOf } from './on-behalf-of.ts'
import { askForProof } from './ask-for-proof.ts'
import { withoutProof } from './proof-form.ts'
import { headersOf } from './request-headers.ts'
import { sessionOf } from './sessions.ts'
import type { WebDeps } from './web-deps.ts'

type Mounting = {
  readonly deps: WebDeps
  readonly guard: FormGuard
  readonly show: ShowPlain
}

/**
 * Adds every page to the app, each behind the same steps: is the form ours, may this person open it, have they set up
 * their account, did they show who they are (for the gravest acts), is the visit written to the log, what does the page say,
 * send it. A visit that cannot be logged is not answered.
 */
export const mountPages = (app: FastifyInstance, pages: readonly Page[], mounting: Mounting): void => {
  for (const page of pages) {
    app.route({
      method: page.method,
      url: page.path,
      ...(page.permission === 'anyone' ? { config: { rateLimit: signInLimit } } : {}),
      handler: (request, reply) => openPage(page, mounting, request, reply),
    })
  }
}

/**
 * Requests from one address to pages that nobody needs to be signed in for: what they may cost us. A whole force may sit
 * behind one address. Wrong tries are limited in src/access/try-limits.ts.
 */
const signInLimit = { max: 600, timeWindow: 5 * 60_000 }

const setUpPaths = { 'own-password': paths.ownPassword, 'second-step': paths.secondStep } as const

const openPage = async (
  page: Page,
  { deps, guard, show }: Mounting,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  if (page.method === 'POST' && !guard.accepts(request))
    throw Object.assign(new Error('form not ours'), { statusCode: 403 })
  const session = sessionOf(request)
  const user = session?.user
  const allowed = mayOpen(user, page)
  if (!allowed && user === undefined) return reply.redirect(paths.signIn, 303)
  if (session?.needs !== undefined && page.whileSettingUp !== true && page.permission !== 'anyone')
    return reply.redirect(setUpPaths[session.needs], 303)
  const visit = visitOf(request, session)
  if (allowed && page.proof === 'fresh' && session !== undefined) {
    const question = await askForProof(deps, visit as Visit, request)
    if (question !== undefined) return send(question, request, reply, show)
  }
  const what = eventOf(page, allowed)
  if (what !== undefined)
    await appendEvent(deps, {
      who: user?.id ?? '',
      what,
      subject: subjectOf(visit.params),
      why: page.purpose,
      from: request.ip,
      outcome: allowed ? 'allowed' : 'refused',
    })
  if (!allowed) {
    await waitForBeat(reply.elapsedTime)
    return showMissing(show, request, reply)
  }
  const answer = await page.handle(onBehalfOf(deps, page, session), {
    ...visit,
    form: withoutProof(visit.form),
  } as Visit)
  // What the use case wrote together with a change is sealed before anything of it is told.
  await settleLog(deps)
  if (answer === 'missing') await waitForBeat(reply.elapsedTime)
  return send(answer, request, reply, show)
}

/** The parts of the address that name a thing. Whatever cannot be a reference or an id was typed, and is kept out of the log. */
const subjectOf = (params: Readonly<Record<string, string>>): string =>
  Object.values(params)
    .map(part => (/^[\w-]{1,60}$/.test(part) ? part : '(not a reference)'))
    .join(' ')

/** What the page itself writes down: the visit, unless the use case does so together with the change. Refusals always. */
const eventOf = ({ audit }: Page, allowed: boolean): AuditEvent | undefined => {
  if (audit === 'not-audited') return undefined
  if (typeof audit === 'string') return audit
  return allowed ? undefined : audit.byUseCase
}

const send = (
  answer: Answer,
  request: FastifyRequest,
  reply: FastifyReply,
  show: Mounting['show'],
): FastifyReply => {
  if (answer === 'missing') return showMissing(show, request, reply)
  if ('cookies' in answer) for (const cookie of answer.cookies ?? []) void reply.header('set-cookie', cookie)
  if ('goTo' in answer) return reply.redirect(answer.goTo, 303)
  if ('send' in answer)
    return reply
      .header('content-disposition', `attachment; filename="${answer.fileName}"`)
      .type(answer.type)
      .send(answer.send)
  return reply
    .code(answer.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(show(request, reply, answer.show, answer.data))
}

const visitOf = (request: FastifyRequest, session: Session | undefined) => ({
  user: session?.user,
  session,
  params: withoutNul(request.params as Record<string, string>),
  query: withoutNul(request.query as Record<string, unknown>),
  form: withoutNul((request.body ?? {}) as Record<string, unknown>),
  from: request.ip,
  headers: headersOf(request),
})

/** What was typed, without the one letter that no store can hold; nobody types it who means well. */
const withoutNul = <Value>(typed: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value.map(cleaned) : cleaned(value)) as Value,
    ]),
  )

const cleaned = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\u0000', '') : value
