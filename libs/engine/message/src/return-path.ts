/** What of an SMTP account decides where bounces of its mail go. */
export interface ReturnPathOptions {
  /** `verp`: an address of each message's own; `account`: the account's, where the provider demands it. */
  returnPath: 'verp' | 'account';
  /** A domain whose whole mail comes to us. */
  returnPathDomain: string | null;
  /** The address of the account. */
  returnPathAddress: string | null;
}

/**
 * Where bounces of a message go: a VERP address (named after the message) at the account's domain or as a plus-address
 * of its own, else its own address, else the sender's.
 * @param name local part that names the message; it carries a MAC, so that a forged bounce acts on nobody
 */
export function returnPathOf(
  { returnPath, returnPathDomain, returnPathAddress }: ReturnPathOptions,
  name: string,
  from: string,
): string {
  if (returnPath === 'verp' && returnPathDomain) return `${name}@${returnPathDomain}`;
  if (returnPath === 'verp' && returnPathAddress) {
    const at = returnPathAddress.lastIndexOf('@');
    return `${returnPathAddress.slice(0, at)}+${name}${returnPathAddress.slice(at)}`;
  }
  return returnPathAddress ?? from;
}
