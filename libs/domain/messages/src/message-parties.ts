import type { FieldError, MessageBody } from '#contracts';
import { isReservedDomain, parseAddress, parseDisplayName } from '#engine/address';
import type { ParsedAddress } from '#engine/address';
import type { SendingAccount } from '#domain/senders';

/** Somebody a message is from or to. */
export interface Party extends ParsedAddress {
  name: string;
}

/**
 * Reads one address, alone or with its name, through the one strict parser.
 * @param errors gets what is wrong with it
 */
export function readParty(input: MessageBody['to'], property: string, errors: FieldError[]): Party | null {
  const [address, name, place] =
    typeof input === 'string' ? [input, '', property] : [input.address, input.name, `${property}.address`];
  const parsed = parseAddress(address);
  const shown = parseDisplayName(name);
  if (!parsed.ok) errors.push({ property: place, code: parsed.code, message: parsed.message });
  if (!shown.ok) errors.push({ property: `${property}.name`, code: shown.code, message: shown.message });
  return parsed.ok && shown.ok ? { ...parsed.value, name: shown.value } : null;
}

/**
 * The accounts that may carry mail to this recipient at all: reserved domains go to the sandbox only, everyone else to
 * real accounts, or to the sandbox until one has been added.
 */
export function carriersTo(to: ParsedAddress, accounts: SendingAccount[]): SendingAccount[] {
  const sandboxOnly = isReservedDomain(to.domain) || !accounts.some((account) => account.kind === 'smtp');
  return accounts.filter((account) => account.enabled && (account.kind === 'sandbox') === sandboxOnly);
}

/** @param errors says so where no account may send from it */
export function checkFrom(from: Party, property: string, carriers: SendingAccount[], errors: FieldError[]): void {
  if (carriers.some((account) => allows(account, from.domain))) return;
  errors.push({
    property,
    code: 'SENDER_DOMAIN_NOT_ALLOWED',
    message: `No enabled SMTP account may send from ${from.domain}. Allow the domain at one, or send from another.`,
    params: { domain: from.domain },
  });
}

/** The login of the first account that logs in with an address; in the sandbox an address of its own. */
export function defaultFrom(name: string, carriers: SendingAccount[]): Party | null {
  for (const account of carriers) {
    for (const address of ownAddresses(account)) {
      const parsed = parseAddress(address);
      if (parsed.ok && allows(account, parsed.value.domain)) return { ...parsed.value, name };
    }
  }
  return null;
}

function ownAddresses(account: SendingAccount): string[] {
  const { returnPathDomain } = account.render;
  if (account.kind === 'sandbox') return returnPathDomain ? [`noreply@${returnPathDomain}`] : [];
  try {
    return [account.target.auth.user];
  } catch {
    return []; // its password does not open; it says so itself
  }
}

function allows({ fromDomains }: SendingAccount, domain: string): boolean {
  return fromDomains.length === 0 || fromDomains.includes(domain);
}
