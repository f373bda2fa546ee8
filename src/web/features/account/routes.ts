import { z } from 'zod'
import { offerSecret } from '../../../access/authenticator.ts'
import { offerPasskey } from '../../../access/new-passkey.ts'
import { endOwnSessions } from '../../../accounts/end-own-sessions.ts'
import {
  addOwnPasskey,
  confirmOwnAuthenticator,
  removeOwnFactor,
  renewRecoveryCodes,
  type FactorToRemove,
} from '../../../accounts/own-factors.ts'
import { chooseOwnPassword } from '../../../accounts/own-password.ts'
import { definePages, type Answer, type Visit } from '../../define-pages.ts'
import { ownAddress } from '../../own-address.ts'
import { passkeysWorkHere } from '../../passkeys-work-here.ts'
import { paths } from '../../paths.ts'
import type { WebDeps } from '../../web-deps.ts'
import { accountView } from './account-view.ts'
import { codesPage, newAuthenticatorPage, newPasskeyPage, passwordPage } from './forms-view.ts'

const typed = z.object({
  password: z.string().max(1_000).catch(''),
  code: z.string().trim().max(40).catch(''),
  name: z.string().trim().max(60).catch(''),
  answer: z.string().max(20_000).catch(''),
  id: z.string().max(1_400).catch(''),
  then: z.string().max(2_000).catch(''),
})

const purpose = 'Look after my own account'

const askForNewPasskey = async ({ signIn }: WebDeps, visit: Visit, name: string, fault?: string) => {
  const works = passkeysWorkHere(signIn.context, visit.headers)
  const question = works ? await offerPasskey(signIn.context, visit.user) : undefined
  return newPasskeyPage(question, { name, publicUrl: signIn.context.publicUrl, fault })
}

const askForNewAuthenticator = async (deps: WebDeps, visit: Visit, fault?: string): Promise<Answer> => {
  const context = { ...deps.signIn.context, now: deps.clock.now() }
  const offer = await offerSecret(context, visit.user)
  return offer === undefined ? { goTo: paths.account } : newAuthenticatorPage(offer, fault)
}

const remove = async (deps: WebDeps, visit: Visit, factor: FactorToRemove): Promise<Answer> => {
  const outcome = await removeOwnFactor(deps, visit.session, factor, visit.from)
  if (outcome !== 'last') return { goTo: paths.account }
  const fault = 'This is your only second step. Add another before you remove it'
  return { show: 'account/account.njk', status: 409, data: await accountView(deps, visit, fault) }
}

/** A person's own account: who they are here, what they may do, how they sign in, and where they are signed in now. */
export const accountPages = definePages([
  {
    method: 'GET',
    path: paths.account,
    permission: 'signed-in',
    audit: 'account-read',
    purpose: 'See my own account',
    handle: async (deps, visit) => ({
      show: 'account/account.njk',
      data: await accountView(deps, visit),
    }),
  },
  {
    method: 'GET',
    path: paths.ownPassword,
    permission: 'signed-in',
    audit: 'account-read',
    purpose,
    whileSettingUp: true,
    handle: (_, { session }) => Promise.resolve(passwordPage(session)),
  },
  {
    method: 'POST',
    path: paths.ownPassword,
    permission: 'signed-in',
    audit: { byUseCase: 'own-password-chosen' },
    purpose,
    whileSettingUp: true,
    proof: 'fresh',
    handle: async (deps, { session, form, from }) => {
      const { password } = typed.parse(form)
      const fault = await chooseOwnPassword(deps, session, { password, from })
      return fault === undefined ? { goTo: paths.account } : passwordPage(session, fault)
    },
  },
  {
    method: 'GET',
    path: paths.secondStep,
    permission: 'signed-in',
    audit: 'account-read',
    purpose,
    whileSettingUp: true,
    handle: ({ signIn }, { headers }) =>
      Promise.resolve({
        show: 'account/second-step.njk',
        data: { title: 'Add a second step', passkeys: passkeysWorkHere(signIn.context, headers) },
      }),
  },
  {
    method: 'GET',
    path: paths.authenticator,
    permission: 'signed-in',
    audit: 'account-read',
    purpose,
    whileSettingUp: true,
    handle: (deps, visit) => askForNewAuthenticator(deps, visit),
  },
  {
    method: 'POST',
    path: paths.authenticator,
    permission: 'signed-in',
    audit: { byUseCase: 'own-factor-added' },
    purpose,
    whileSettingUp: true,
    proof: 'fresh',
    handle: async (deps, visit) => {
      const { code } = typed.parse(visit.form)
      const codes = await confirmOwnAuthenticator(deps, visit.session, { code, from: visit.from })
      if (codes !== undefined) return codesPage(codes)
      return await askForNewAuthenticator(
        deps,
        visit,
        'The code is wrong. Enter the one that the app shows now',
      )
    },
  },
  {
    method: 'POST',
    path: paths.proof,
    permission: 'signed-in',
    audit: { byUseCase: 'identity-proved' },
    purpose,
    proof: 'fresh',
    handle: (_, { form }) => Promise.resolve({ goTo: ownAddress(typed.parse(form).then) }),
  },
  {
    method: 'POST',
    path: paths.authenticatorGone,
    permission: 'signed-in',
    audit: { byUseCase: 'own-factor-removed' },
    purpose,
    proof: 'fresh',
    handle: (deps, visit) => remove(deps, visit, 'authenticator'),
  },
  {
    method: 'POST',
    path: paths.recoveryCodes,
    permission: 'signed-in',
    audit: { byUseCase: 'recovery-codes-made' },
    purpose,
    proof: 'fresh',
    handle: async (deps, { session, from }) => codesPage(await renewRecoveryCodes(deps, session, from)),
  },
  {
    method: 'GET',
    path: paths.passkeys,
    permission: 'signed-in',
    audit: 'account-read',
    purpose,
    whileSettingUp: true,
    handle: (deps, visit) => askForNewPasskey(deps, visit, ''),
  },
  {
    method: 'POST',
    path: paths.passkeys,
    permission: 'signed-in',
    audit: { byUseCase: 'own-factor-added' },
    purpose,
    whileSettingUp: true,
    proof: 'fresh',
    handle: async (deps, visit) => {
      const { name, answer } = typed.parse(visit.form)
      const made = { answer, name: name === '' ? 'Passkey' : name, headers: visit.headers, from: visit.from }
      if (await addOwnPasskey(deps, visit.session, made)) return { goTo: paths.account }
      return await askForNewPasskey(deps, visit, name, 'The passkey could not be added. Try again')
    },
  },
  {
    method: 'POST',
    path: paths.passkeyGone,
    permission: 'signed-in',
    audit: { byUseCase: 'own-factor-removed' },
    purpose,
    proof: 'fresh',
    handle: (deps, visit) => remove(deps, visit, { passkey: typed.parse(visit.form).id }),
  },
  {
    method: 'POST',
    path: paths.endSession,
    permission: 'signed-in',
    audit: { byUseCase: 'sessions-ended' },
    purpose,
    handle: async (deps, { session, params, from }) => {
      const ended = await endOwnSessions(deps, session, { only: params['id'] ?? '', from })
      return ended ? { goTo: paths.account } : 'missing'
    },
  },
  {
    method: 'POST',
    path: paths.endOtherSessions,
    permission: 'signed-in',
    audit: { byUseCase: 'sessions-ended' },
    purpose,
    handle: async (deps, { session, from }) => {
      await endOwnSessions(deps, session, { from })
      return { goTo: paths.account }
    },
  },
])
