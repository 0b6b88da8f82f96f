import { DOMAIN_TYPOS } from '#engine/address';

const LARGE: readonly string[] = [...new Set(DOMAIN_TYPOS.map(([, meant]) => meant))];

/**
 * The large provider's domain that is one slip away: a letter too many, too few, another one, or two swapped. Only for a
 * domain that takes no mail: among those that do, `mail.com` is nobody's slip for `gmail.com`.
 */
export function nearMiss(domain: string): string | null {
  const near = LARGE.filter((meant) => meant !== domain && isOneSlip(domain, meant));
  return near.length === 1 ? near[0]! : null;
}

/** Optimal string alignment distance of exactly one, without a table. */
function isOneSlip(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1) return false;
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at++;
  const rest = (text: string, skipped: number) => text.slice(at + skipped);
  if (typed.length > meant.length) return rest(typed, 1) === rest(meant, 0);
  if (typed.length < meant.length) return rest(typed, 0) === rest(meant, 1);
  const swapped = typed[at] === meant[at + 1] && typed[at + 1] === meant[at] && rest(typed, 2) === rest(meant, 2);
  return rest(typed, 1) === rest(meant, 1) || swapped;
}
