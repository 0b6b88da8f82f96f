import type { Locale, Role, Utm } from '#contracts';
import type { Sql } from '#platform/database';

export interface WorkspaceRow {
  id: string;
  version: number;
  name: string;
  locale: Locale;
  timezone: string;
  postal_address: string;
  undo_seconds: number;
  utm: Utm;
  demo: boolean;
  created_at: Date;
}
export type MemberWorkspaceRow = WorkspaceRow & { role: Role };

const COLUMNS = `w.id, w.version, w.name, w.locale, w.timezone, w.postal_address, w.undo_seconds, w.utm, w.demo,
  w.created_at`;

export async function insertWorkspace(
  sql: Sql,
  workspace: { name: string; locale: string; timezone: string; postalAddress: string },
): Promise<WorkspaceRow> {
  const row = await sql.first<WorkspaceRow>(
    `INSERT INTO workspaces AS w (name, locale, timezone, postal_address) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
    [workspace.name, workspace.locale, workspace.timezone, workspace.postalAddress],
  );
  return row!;
}

export async function insertMember(sql: Sql, workspaceId: string, userId: string, role: Role): Promise<void> {
  await sql.run('INSERT INTO workspace_members (workspace_id, user_id, role) VALUES ($1, $2, $3)', [
    workspaceId,
    userId,
    role,
  ]);
}

/** @param lock holds the row until the transaction ends, for a write that depends on what it read */
export function findWorkspace(sql: Sql, id: string, lock = false): Promise<WorkspaceRow | undefined> {
  return sql.first<WorkspaceRow>(`SELECT ${COLUMNS} FROM workspaces w WHERE w.id = $1${lock ? ' FOR UPDATE' : ''}`, [
    id,
  ]);
}

export async function findRole(sql: Sql, workspaceId: string, userId: string): Promise<Role | null> {
  const row = await sql.first<{ role: Role }>(
    'SELECT role FROM workspace_members WHERE workspace_id = $1 AND user_id = $2',
    [workspaceId, userId],
  );
  return row?.role ?? null;
}

/** Workspaces of a user, oldest first, after the given id. */
export function listMemberWorkspaces(
  sql: Sql,
  userId: string,
  options: { after: string | null; limit: number; q: string | null },
): Promise<MemberWorkspaceRow[]> {
  return sql.rows<MemberWorkspaceRow>(
    `SELECT ${COLUMNS}, m.role FROM workspace_members m JOIN workspaces w ON w.id = m.workspace_id
      WHERE m.user_id = $1 AND ($2::bigint IS NULL OR w.id > $2)
        AND ($4::text IS NULL OR strpos(lower(w.name), lower($4)) > 0)
      ORDER BY w.id LIMIT $3`,
    [userId, options.after, options.limit, options.q],
  );
}

export async function countMemberWorkspaces(sql: Sql, userId: string, q: string | null): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM workspace_members m JOIN workspaces w ON w.id = m.workspace_id
      WHERE m.user_id = $1 AND ($2::text IS NULL OR strpos(lower(w.name), lower($2)) > 0)`,
    [userId, q],
  );
  return row!.n;
}

export async function updateWorkspace(
  sql: Sql,
  id: string,
  change: {
    name?: string;
    locale?: string;
    timezone?: string;
    postalAddress?: string;
    undoSeconds?: number;
    utm?: Utm;
  },
): Promise<WorkspaceRow> {
  const row = await sql.first<WorkspaceRow>(
    `UPDATE workspaces w SET version = version + 1, name = COALESCE($2, name), locale = COALESCE($3, locale),
            timezone = COALESCE($4, timezone), postal_address = COALESCE($5, postal_address),
            undo_seconds = COALESCE($6, undo_seconds), utm = COALESCE($7, utm)
      WHERE id = $1 RETURNING ${COLUMNS}`,
    [
      id,
      change.name ?? null,
      change.locale ?? null,
      change.timezone ?? null,
      change.postalAddress ?? null,
      change.undoSeconds ?? null,
      change.utm ? JSON.stringify(change.utm) : null,
    ],
  );
  return row!;
}
