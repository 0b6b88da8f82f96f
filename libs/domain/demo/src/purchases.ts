import type { Transaction } from '#platform/database';
import type { DemoPlace } from './campaigns.js';
import { chance } from './chance.js';

/** As many orders a buyer can have. */
const ORDERS = 4;

/** What the buyers of the shop ordered within the year of the demo, nobody before they were known. */
export async function addPurchases(tx: Transaction, { workspaceId, locale, lists }: DemoPlace): Promise<void> {
  const zh = locale === 'zh-CN';
  const key = (what: string) => `c.canonical || ':${what}:' || n`;
  await tx.run(
    `INSERT INTO purchases (workspace_id, contact_id, order_id, amount, currency, bought_at)
     SELECT $1, id, $3 || (10000 + row_number() OVER (ORDER BY bought_at, canonical)), price::numeric(10, 2), $4, bought_at
     FROM (
       SELECT c.id, c.canonical, c.created_at, floor(38 + 640 * power(${chance(key('price'))}, 2)) AS price,
         date_trunc('hour', now()) - interval '330 days' * ${chance(key('order'))} AS bought_at
       FROM contacts c JOIN list_members m ON m.contact_id = c.id AND m.list_id = $2
       CROSS JOIN generate_series(1, ${ORDERS}) AS n
       WHERE c.workspace_id = $1 AND ${chance(key('buys'))} < 0.45) AS orders
     WHERE bought_at > created_at`,
    [workspaceId, lists.get('shop'), zh ? 'QS-' : 'GH-', zh ? 'CNY' : 'USD'],
  );
}
