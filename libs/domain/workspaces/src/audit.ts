import type { Sql } from '#platform/database';
import { actorLabel } from './request-context.js';
import type { RequestContext } from './request-context.js';

const SECRET = /(password|passphrase|secret|token|hash|private_?key)$/i;
const DEPTH = 6;

/**
 * Writes one line of the append-only audit log, in the transaction of the change it tells of.
 * @param ctx whose workspace is null where the change is of a person and not of a workspace
 * @param action noun and past tense, such as `list.changed`
 * @param subject kind and id, such as `list:42`
 * @param before state before, null for a creation; secrets are cut out by the names of their members
 */
export async function audit(
  sql: Sql,
  ctx: Pick<RequestContext, 'actor'> & { workspaceId: string | null },
  action: string,
  subject: string,
  before: object | null,
  after: object | null,
): Promise<void> {
  await sql.run(
    `INSERT INTO audit_log (workspace_id, actor, action, subject, before, after) VALUES ($1, $2, $3, $4, $5, $6)`,
    [ctx.workspaceId, actorLabel(ctx.actor), action, subject, toJson(before), toJson(after)],
  );
}

function toJson(state: object | null): string | null {
  return state === null ? null : JSON.stringify(withoutSecrets(state, DEPTH));
}

function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth === 0) return '[cut]';
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET.test(name) && member !== null ? '[redacted]' : withoutSecrets(member, depth - 1),
    ]),
  );
}
