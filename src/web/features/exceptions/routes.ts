import { definePages } from '../../define-pages.ts'
import { paths } from '../../paths.ts'
import { endOne, makeOne, showExceptions, showNewException } from './show-exceptions.ts'

/** Exceptions: what need not be shown, who answers for it, and what it hides. */
export const exceptionPages = definePages([
  {
    method: 'GET',
    path: paths.exceptions,
    permission: 'manage-exceptions',
    audit: 'exceptions-read',
    purpose: 'See the exceptions and what they set aside',
    handle: deps => showExceptions(deps),
  },
  {
    method: 'GET',
    path: paths.newException,
    permission: 'manage-exceptions',
    audit: 'exceptions-read',
    purpose: 'Make an exception',
    handle: showNewException,
  },
  {
    method: 'POST',
    path: paths.exceptions,
    permission: 'manage-exceptions',
    audit: { byUseCase: 'exception-made' },
    purpose: 'Make an exception',
    proof: 'fresh',
    handle: makeOne,
  },
  {
    method: 'POST',
    path: paths.endException,
    permission: 'manage-exceptions',
    audit: { byUseCase: 'exception-ended' },
    purpose: 'End an exception',
    handle: endOne,
  },
])
