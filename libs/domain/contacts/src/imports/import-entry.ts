import type { Sql, Transaction } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { insertImport } from './import.repository.js';
import type { ImportPlan, NewImport } from './import.repository.js';

/** @returns the id of the import */
export async function addImport(sql: Sql, row: NewImport): Promise<string> {
  const added = await insertImport(sql, row);
  if (!added) throw new Error('the import was not inserted');
  return added.id;
}

/** Notes who lets an import be written, and by which rules. */
export function auditStart(
  tx: Transaction,
  ctx: RequestContext,
  { id, listId, fileName, plan }: { id: string; listId: string; fileName: string; plan: ImportPlan },
): Promise<void> {
  const { existing, eraseEmpty, status, tags } = plan;
  return audit(tx, ctx, 'import.started', `import:${id}`, null, {
    ...{ listId, fileName, existing, eraseEmpty, status, tags },
  });
}
