import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { AppError, messageOf } from '../core/errors.ts'

/** The first bytes of a file in the age format. */
const ageStart = 'age-encryption.org/v1'

/** Whether a file that begins so is encrypted. */
export const isEncrypted = (start: Buffer): boolean => start.toString('latin1').startsWith(ageStart)

/**
 * Encrypts for everyone named, so that each of their keys opens it: the age format, which the program `age` reads too.
 * @param recipients as `age1…`
 * @throws AppError USAGE when one is none
 */
export const encryptFor = async (plain: Readable, recipients: readonly string[]): Promise<Readable> => {
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (cause) {
      throw new AppError('USAGE', `“${recipient}” is no recipient: it begins with age1.`, { cause })
    }
  }
  return fromWeb(await encrypter.encrypt(toWeb(plain)))
}

/**
 * Decrypts with the key in a file.
 * @throws AppError BACKUP_UNUSABLE when the key is another
 */
export const decryptWith = async (encrypted: Readable, identityFile: string): Promise<Readable> => {
  const decrypter = new Decrypter()
  try {
    for (const line of readFileSync(identityFile, 'utf8').split('\n'))
      if (line.trim() !== '' && !line.startsWith('#')) decrypter.addIdentity(line.trim())
    return fromWeb(await decrypter.decrypt(toWeb(encrypted)))
  } catch (cause) {
    throw new AppError(
      'BACKUP_UNUSABLE',
      `The key in ${identityFile} does not open this backup: ${messageOf(cause)}.`,
      { cause },
    )
  }
}

/** A new key as the text of its file, and the recipient that backups are encrypted for. */
export const makeBackupKey = async (): Promise<{ readonly text: string; readonly recipient: string }> => {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  return { text: `# Opens backups made for ${recipient}\n${identity}\n`, recipient }
}

// The two declarations of one standard stream, Node's and the browser's, differ in names alone.
const toWeb = (stream: Readable) => Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>
const fromWeb = (stream: ReadableStream<Uint8Array>): Readable => Readable.fromWeb(stream)
