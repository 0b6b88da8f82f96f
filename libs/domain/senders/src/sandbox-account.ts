import type { Settings } from '#platform/config';
import type { Sql } from '#platform/database';
import { findSandboxAccount, insertSmtpAccount, updateSmtpAccount } from './smtp-account.repository.js';
import type { SmtpAccountFields } from './smtp-account.repository.js';

const CONNECTIONS = 8;

/**
 * Gives a workspace its account of the sandbox mail server, or brings it to the present settings; does nothing where
 * SANDBOX_HOST is empty. Safe to call again and again, also by several processes at once.
 */
export async function ensureSandboxAccount(
  sql: Sql,
  workspaceId: string,
  settings: Pick<Settings, 'get'>,
): Promise<void> {
  const host = settings.get('SANDBOX_HOST');
  if (!host) return;
  // One at a time per workspace; a row lock would wait for every other change of the workspace.
  await sql.rows(`SELECT pg_advisory_xact_lock(hashtext('sandbox_account'), $1::bigint::int)`, [workspaceId]);
  const place = {
    host,
    port: settings.get('SANDBOX_SMTP_PORT'),
    security: 'none' as const,
    returnPath: 'verp' as const,
    returnPathDomain: settings.get('INBOUND_DOMAIN'),
  };
  const current = await findSandboxAccount(sql, workspaceId);
  if (!current) {
    await insertSmtpAccount(sql, workspaceId, 'sandbox', { ...DEFAULTS, ...place });
    return;
  }
  const same = (Object.keys(place) as (keyof typeof place)[]).every((key) => current[key] === place[key]);
  if (!same) await updateSmtpAccount(sql, workspaceId, current.id, { ...current, ...place });
}

/** Does it for every workspace: at start-up, when the settings may have changed. */
export async function ensureSandboxAccounts(
  db: { rows: Sql['rows']; transaction(work: (tx: Sql) => Promise<void>): Promise<void> },
  settings: Pick<Settings, 'get'>,
): Promise<void> {
  const workspaces = await db.rows<{ id: string }>('SELECT id FROM workspaces ORDER BY id LIMIT 10000');
  for (const { id } of workspaces) await db.transaction((tx) => ensureSandboxAccount(tx, id, settings));
}

const DEFAULTS: SmtpAccountFields = {
  name: '沙箱 Sandbox',
  host: '',
  port: 0,
  security: 'none',
  authMethod: 'none',
  authUser: '',
  returnPath: 'verp',
  returnPathDomain: null,
  returnPathAddress: null,
  connections: CONNECTIONS,
  messagesPerConnection: 1000,
  limits: {},
  weight: 1,
  fromDomains: [],
  dkimDomain: null,
  dkimSelector: null,
  dkimPublicKey: null,
  enabled: true,
};
