import type { Sql, Transaction } from '#platform/database';

export interface PurchaseRow {
  id: string;
  contactId: string;
  email: string;
  orderId: string;
  amount: string | null;
  currency: string | null;
  at: Date;
  /** `at` to the microsecond, for the cursor. */
  instant: string;
  reportedAt: Date;
}

/** An order to store; what is null stays as it is known. */
export interface PurchaseValues {
  contactId: string;
  orderId: string;
  amount: string | null;
  currency: string | null;
  at: Date | null;
}

/** What is asked of the list; absent means all. */
export interface PurchaseFilter {
  contactId?: string | undefined;
  orderId?: string | undefined;
  from?: Date | undefined;
  before?: Date | undefined;
}

/** Contacts by their addresses, kept from being erased until the transaction ends. */
export async function holdContacts(
  tx: Transaction,
  workspaceId: string,
  canonicals: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; canonical: string }>(
    `SELECT id, canonical FROM contacts WHERE workspace_id = $1 AND canonical = ANY ($2::text[])
     ORDER BY id FOR KEY SHARE`,
    [workspaceId, canonicals],
  );
  return new Map(rows.map(({ id, canonical }) => [canonical, id]));
}

const REPORTED = `unnest($2::text[], $3::bigint[], $4::numeric[], $5::text[], $6::timestamptz[])
  AS r (order_id, contact_id, amount, currency, bought_at)`;

/** Stores orders that are not known. Who reports the same at the same moment waits. @returns their order ids */
export async function insertPurchases(
  tx: Transaction,
  workspaceId: string,
  orders: readonly PurchaseValues[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ orderId: string }>(
    `INSERT INTO purchases (workspace_id, order_id, contact_id, amount, currency, bought_at)
     SELECT $1, order_id, contact_id, amount, currency, coalesce(bought_at, now()) FROM ${REPORTED} ORDER BY order_id
     ON CONFLICT (workspace_id, order_id) DO NOTHING RETURNING order_id AS "orderId"`,
    [workspaceId, ...columns(orders)],
  );
  return new Set(rows.map(({ orderId }) => orderId));
}

/** Writes what a report says otherwise than is known. @returns the order ids of what changed */
export async function updatePurchases(
  tx: Transaction,
  workspaceId: string,
  orders: readonly PurchaseValues[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ orderId: string }>(
    `WITH changed AS (
       SELECT p.id, r.contact_id, coalesce(r.amount, p.amount) AS amount, coalesce(r.currency, p.currency) AS currency,
         coalesce(r.bought_at, p.bought_at) AS bought_at
       FROM ${REPORTED} JOIN purchases p ON p.workspace_id = $1 AND p.order_id = r.order_id
       WHERE (p.contact_id, p.amount, p.currency, p.bought_at) IS DISTINCT FROM (r.contact_id,
         coalesce(r.amount, p.amount), coalesce(r.currency, p.currency), coalesce(r.bought_at, p.bought_at))
       ORDER BY p.order_id FOR NO KEY UPDATE OF p)
     UPDATE purchases p SET contact_id = n.contact_id, amount = n.amount, currency = n.currency, bought_at = n.bought_at
     FROM changed n WHERE p.id = n.id RETURNING p.order_id AS "orderId"`,
    [workspaceId, ...columns(orders)],
  );
  return new Set(rows.map(({ orderId }) => orderId));
}

function columns(orders: readonly PurchaseValues[]): unknown[] {
  return [
    orders.map(({ orderId }) => orderId),
    orders.map(({ contactId }) => contactId),
    orders.map(({ amount }) => amount),
    orders.map(({ currency }) => currency),
    orders.map(({ at }) => at),
  ];
}

/** Our ids by the shop's. */
export async function findPurchaseIds(
  sql: Sql,
  workspaceId: string,
  orderIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.rows<{ id: string; orderId: string }>(
    'SELECT id, order_id AS "orderId" FROM purchases WHERE workspace_id = $1 AND order_id = ANY ($2::text[])',
    [workspaceId, orderIds],
  );
  return new Map(rows.map(({ id, orderId }) => [orderId, id]));
}

const COLUMNS = `p.id, p.contact_id AS "contactId", c.email, p.order_id AS "orderId", p.amount::text AS amount,
  p.currency, p.bought_at AS at, p.created_at AS "reportedAt",
  to_char(p.bought_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS instant`;

/** One page, newest first: by index purchases_page, of one contact by purchases_contact. */
export function findPurchases(
  sql: Sql,
  workspaceId: string,
  filter: PurchaseFilter,
  page: { after: { at: string; id: string } | null; limit: number },
): Promise<PurchaseRow[]> {
  const values: unknown[] = [workspaceId];
  const add = (value: unknown) => `$${values.push(value)}`;
  const where = ['p.workspace_id = $1'];
  if (filter.contactId) where.push(`p.contact_id = ${add(filter.contactId)}`);
  if (filter.orderId) where.push(`p.order_id = ${add(filter.orderId)}`);
  if (filter.from) where.push(`p.bought_at >= ${add(filter.from)}`);
  if (filter.before) where.push(`p.bought_at < ${add(filter.before)}`);
  if (page.after) {
    where.push(`(p.bought_at, p.id) < (${add(page.after.at)}::timestamptz, ${add(page.after.id)}::bigint)`);
  }
  return sql.rows(
    `SELECT ${COLUMNS} FROM purchases p JOIN contacts c ON c.id = p.contact_id WHERE ${where.join(' AND ')}
     ORDER BY p.bought_at DESC, p.id DESC LIMIT ${add(page.limit + 1)}`,
    values,
  );
}

export function deletePurchase(sql: Sql, workspaceId: string, id: string): Promise<{ contactId: string } | undefined> {
  return sql.first('DELETE FROM purchases WHERE workspace_id = $1 AND id = $2 RETURNING contact_id AS "contactId"', [
    workspaceId,
    id,
  ]);
}
