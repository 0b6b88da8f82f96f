import { providerOfExchangers } from '#engine/pace';
import type { Sql } from '#platform/database';
import type { MailExchangers } from '#platform/egress';

/** Domains looked up at once. */
const AT_ONCE = 20;
const DAY = 86_400;

/** Asks who takes a domain's mail. */
export type LookUp = (domain: string) => Promise<MailExchangers>;

/**
 * Looks up who runs some of the domains that no table knows and that wait for it; what it finds holds for the next
 * preparation. A look-up that had no answer is tried again in an hour. Any number of processes may do it at once.
 * @returns how many there were, and how many of them had no answer (all of many: the DNS is not to be reached)
 */
export async function lookUpDomains(sql: Sql, lookUp: LookUp): Promise<{ tried: number; silent: number }> {
  const due = await sql.rows<{ domain: string }>(
    `UPDATE mail_domains SET retry_at = now() + interval '1 hour'
     WHERE domain IN (SELECT domain FROM mail_domains WHERE retry_at <= now() ORDER BY retry_at LIMIT $1
                      FOR UPDATE SKIP LOCKED)
     RETURNING domain`,
    [AT_ONCE],
  );
  let silent = 0;
  await Promise.all(
    due.map(async ({ domain }) => {
      const found = await lookUp(domain);
      if (!found.ok && found.reason === 'no-answer') {
        silent += 1;
        return;
      }
      const provider = found.ok ? providerOfExchangers(found.names) : 'other';
      await sql.run(
        `UPDATE mail_domains SET provider = $2, checked_at = now(), retry_at = now() + make_interval(secs => $3)
         WHERE domain = $1`,
        [domain, provider === 'other' ? null : provider, (found.ok ? 30 : 1) * DAY],
      );
    }),
  );
  return { tried: due.length, silent };
}
