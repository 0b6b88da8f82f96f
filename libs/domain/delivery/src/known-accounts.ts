import type { Database } from '#platform/database';
import type { SendingAccount, SendingAccountLoader } from '#domain/senders';

/** How long what was read is believed: a new limit holds after this at the latest. */
const REFRESH_MS = 3_000;

interface Known {
  at: number;
  accounts: SendingAccount[];
  sendsTriggered: boolean;
}

/** The SMTP accounts of the workspaces and what else uses them, as read from Postgres of late. */
export class KnownAccounts {
  private readonly byWorkspace = new Map<string, Known>();

  constructor(
    private readonly db: Database,
    private readonly loader: SendingAccountLoader,
  ) {}

  async of(workspaceId: string): Promise<SendingAccount[]> {
    const known = this.byWorkspace.get(workspaceId);
    if (known && performance.now() - known.at < REFRESH_MS) return known.accounts;
    const accounts = await this.loader.load(this.db, workspaceId);
    const sendsTriggered = await hasTriggeredMail(this.db, workspaceId);
    this.byWorkspace.set(workspaceId, { at: performance.now(), accounts, sendsTriggered });
    return accounts;
  }

  /** Whether the workspace has triggered mail of late; who is not known yet may have. */
  sendsTriggered(workspaceId: string): boolean {
    return this.byWorkspace.get(workspaceId)?.sendsTriggered ?? true;
  }

  /** What somebody has just changed is read again. */
  forget(workspaceId: string): void {
    this.byWorkspace.delete(workspaceId);
  }
}

/** A workspace that has triggered mail has it every week. Index: messages_page. */
export async function hasTriggeredMail(db: Database, workspaceId: string): Promise<boolean> {
  const row = await db.first<{ lately: boolean }>(
    {
      name: 'has_triggered_mail',
      text: `SELECT created_at > now() - interval '7 days' AS lately FROM messages
             WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1`,
    },
    [workspaceId],
  );
  return row?.lately ?? false;
}
