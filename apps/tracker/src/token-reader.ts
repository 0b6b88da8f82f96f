import { readToken } from '#engine/token';
import type { RecipientRef } from '#engine/token';
import type { TrackerTools } from './tools.js';

/** What a test message's links name instead of a token. */
const SAMPLE = 'sample';

/** Whose unsubscribe token it is. The contact may be erased; the address of the ledger stays. */
export interface TokenReader {
  token: string;
  recipient: RecipientRef;
  contactId: string | null;
  email: string;
  workspace: { id: string; name: string; locale: string };
}

/** @returns `test` for the links of a test message, null for a token that is none of ours */
export async function findReader({ db, keys }: TrackerTools, token: string): Promise<TokenReader | 'test' | null> {
  if (token === SAMPLE) return 'test';
  const recipient = readToken('unsubscribe', token, keys);
  if (!recipient) return null;
  if (recipient.seq === 0) return 'test';
  const row = await db.first<Omit<TokenReader, 'recipient' | 'token'>>(
    `SELECT r.email, c.id::text AS "contactId",
       json_build_object('id', w.id::text, 'name', w.name, 'locale', w.locale) AS workspace
     FROM campaign_recipients r JOIN workspaces w ON w.id = r.workspace_id LEFT JOIN contacts c ON c.id = r.contact_id
     WHERE r.campaign_id = $1 AND r.seq = $2`,
    [recipient.campaignId, recipient.seq],
  );
  return row ? { token, recipient, ...row } : null;
}
