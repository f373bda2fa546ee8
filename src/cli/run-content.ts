import { AppError } from '../core/errors.ts'
import { checkContent } from '../detection/check-content.ts'
import { writeLock } from '../detection/content-lock.ts'

/** Does what `upstander content check` asks for. */
export const runContentCheck = (options: { json?: boolean }): void => {
  const rules = checkContent()
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(rules)}\n`
      : rules
          .map(
            ({ rule, faults }) =>
              `${faults.length === 0 ? 'kept  ' : 'BROKEN'}  ${rule}\n${faults.map(fault => `          ${fault}\n`).join('')}`,
          )
          .join(''),
  )
  const broken = rules.filter(each => each.faults.length > 0).length
  if (broken > 0)
    throw new AppError('CONTENT_INVALID', `${broken} of ${rules.length} rules are broken: see above.`)
}

/** Does what `upstander content lock` asks for. */
export const runContentLock = (): void => {
  const lock = writeLock()
  process.stdout.write(`Locked ${Object.keys(lock).length} indicators in content/indicators.lock.json.\n`)
}
