/** What the ledger counts of some recipients. */
interface Counts {
  accepted: number;
  rejected: number;
  expired: number;
  bounced: number;
}

/**
 * How the sending ended, as every figure of a report has it: what was refused or given up on has bounced as well as
 * what came back later; all of it was sent, and what is left has been delivered.
 */
export function outcomeOf({ accepted, rejected, expired, bounced }: Counts) {
  return {
    sent: accepted + rejected + expired,
    delivered: Math.max(accepted - bounced, 0),
    failed: bounced + rejected + expired,
  };
}
