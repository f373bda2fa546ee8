/**
 * Whether a browser at this address can use passkeys: they are tied to the host of the address people type, and no host that
 * is a bare number can have any.
 */
export const passkeysWorkHere = (
  { publicUrl }: { readonly publicUrl: string },
  headers: Headers,
): boolean => {
  const { host, hostname } = new URL(publicUrl)
  return headers.get('host') === host && !/^[\d.]+$|^\[/.test(hostname)
}
