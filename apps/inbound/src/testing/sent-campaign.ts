import { createMessageId, createToken, unsubscribeLocalPart, verpLocalPart } from '#engine/token';
import type { KeyRing } from '#engine/token';
import type { Database } from '#platform/database';

/** Key ring of the installation under test. */
export const KEYS: KeyRing = { current: 1, keys: new Map([[1, Buffer.alloc(32, 5)]]) };
/** Somebody else's installation. */
export const OTHER_KEYS: KeyRing = { current: 1, keys: new Map([[1, Buffer.alloc(32, 6)]]) };

/** How the server of our mailboxes speaks in the headers of their mail. */
export const OWN_SERVER = { recipientHeader: 'delivered-to', authservId: 'mx.brand.example' };

/** A campaign whose messages were all accepted a moment ago. */
export interface SentCampaign {
  workspaceId: string;
  campaignId: string;
  listId: string;
  mailboxId: string;
  /** Address of the recipient with this seq (from 1). */
  address(seq: number): string;
}

/** Writes a workspace with a mailbox and a campaign of `count` accepted recipients, past every service. */
export async function sentCampaign(db: Database, name: string, count: number): Promise<SentCampaign> {
  const insert = async (text: string, values: unknown[]) =>
    (await db.first<{ id: string }>(`${text} RETURNING id`, values))!.id;
  const workspaceId = await insert(`INSERT INTO workspaces (name, locale, timezone) VALUES ($1, 'en', 'UTC')`, [name]);
  const listId = await insert('INSERT INTO lists (workspace_id, name) VALUES ($1, $2)', [workspaceId, name]);
  const mailboxId = await insert(
    `INSERT INTO mailboxes (workspace_id, name, protocol, host, port, security, auth_method, auth_user, folders)
     VALUES ($1, $2, 'imap', 'localhost', 143, 'none', 'password', 'u', '{INBOX}')`,
    [workspaceId, name],
  );
  const campaignId = await insert(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience) VALUES ($1, $2, 'sent', '{"subject": ""}', $3)`,
    [workspaceId, name, JSON.stringify({ lists: [listId], excludeLists: [] })],
  );
  await db.run(
    `WITH made AS (
       INSERT INTO contacts (workspace_id, email, canonical, domain)
       SELECT $1, a, a, 'rcpt.example' FROM (SELECT $4 || n || '@rcpt.example' AS a FROM generate_series(1, $3) n) x
       RETURNING id, email
     ), joined AS (
       INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $2, id, $1, 'subscribed' FROM made
     )
     INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
       status, accepted_at, finished_at)
     SELECT $5, substring(email FROM '(\\d+)@')::int, $1, id, 1, email, email, 'other', 'accepted', now(), now() FROM made`,
    [workspaceId, listId, count, name, campaignId],
  );
  return { workspaceId, campaignId, listId, mailboxId, address: (seq) => `${name}${seq}@rcpt.example` };
}

/** Has a message been taken by a relay that gives it a name of its own. @returns that name */
export async function relayedAs(db: Database, { campaignId }: SentCampaign, seq: number): Promise<string> {
  const name = `0100018f${campaignId}relay${seq}-000000`;
  await db.run(
    'UPDATE campaign_recipients SET attempts = jsonb_build_array($3::jsonb) WHERE campaign_id = $1 AND seq = $2',
    [
      campaignId,
      seq,
      JSON.stringify({ kind: 'accepted', code: 250, text: `Ok ${name}`, at: new Date().toISOString() }),
    ],
  );
  return name;
}

/** Every keyed name that the message of one recipient carries. */
export interface Names {
  verp: string;
  unsubscribe: string;
  messageId: string;
  reference: string;
  track: string;
}

export function namesOf(campaignId: string, seq: number, keys: KeyRing = KEYS): Names {
  const ref = { campaignId, seq };
  return {
    verp: verpLocalPart(ref, keys),
    unsubscribe: unsubscribeLocalPart(ref, keys),
    messageId: createMessageId(ref, keys, 'brand.example'),
    reference: createToken('reply', ref, keys),
    track: createToken('track', ref, keys),
  };
}

/** What reports have changed about anybody in a workspace. */
export interface Effects {
  suppressions: number;
  bounced: number;
  complained: number;
  left: number;
  replied: number;
  marked: number;
  events: number;
}

export async function effectsOn(db: Database, workspaceId: string): Promise<Effects> {
  return (await db.first<Effects>(
    `SELECT
       (SELECT count(*)::int FROM suppressions WHERE workspace_id = $1) AS suppressions,
       (SELECT count(*)::int FROM campaign_recipients WHERE workspace_id = $1 AND bounce_kind IS NOT NULL) AS bounced,
       (SELECT count(*)::int FROM campaign_recipients WHERE workspace_id = $1 AND complained_at IS NOT NULL) AS complained,
       (SELECT count(*)::int FROM list_members WHERE workspace_id = $1 AND status <> 'subscribed') AS left,
       (SELECT count(*)::int FROM campaign_recipients WHERE workspace_id = $1 AND (replied_at IS NOT NULL OR auto_replied_at IS NOT NULL)) AS replied,
       (SELECT count(*)::int FROM contacts WHERE workspace_id = $1 AND status <> 'active') AS marked,
       (SELECT count(*)::int FROM events WHERE workspace_id = $1) AS events`,
    [workspaceId],
  ))!;
}

export const NO_EFFECT: Effects = {
  suppressions: 0,
  bounced: 0,
  complained: 0,
  left: 0,
  replied: 0,
  marked: 0,
  events: 0,
};
