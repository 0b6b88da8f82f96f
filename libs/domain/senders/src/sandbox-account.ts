import type { Sql } from '#platform/database';

/** Every workspace has the sandbox from the start; its place is the operator's setting, so the row only stands for it. */
export async function ensureSandboxAccount(sql: Sql, workspaceId: string): Promise<void> {
  await sql.run(
    `INSERT INTO smtp_accounts (workspace_id, kind, name, host, port, security, auth_method, return_path, connections,
       messages_per_connection)
     SELECT $1, 'sandbox', 'Sandbox 测试收件箱', 'sandbox', 25, 'none', 'none', 'verp', 8, 1000
     WHERE NOT EXISTS (SELECT 1 FROM smtp_accounts WHERE workspace_id = $1 AND kind = 'sandbox')`,
    [workspaceId],
  );
}
