import type { ApiClient } from './api-client.js';
import { addresses, draftCampaign, importContacts } from './campaigns.js';
import type { Scene } from './scene.js';
import { until } from './until.js';

export const SUBJECTS = ['Spring tea', 'A gift inside'];
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** A draft to so many people that tests two subjects. */
export async function draftTest(api: ApiClient, people: number, settings: Record<string, unknown>): Promise<string> {
  const list = await importContacts(api, addresses(people));
  const html = '<p>{{name}} <a href="https://example.com/">look</a> <a href="{{unsubscribeUrl}}">leave</a></p>';
  const id = await draftCampaign(api, list, { content: { subject: SUBJECTS[0], html } });
  await api.put(`/campaigns/${id}/ab-test`, { variants: [{ subject: SUBJECTS[1] }], ...settings });
  return id;
}

/** So many recipients of each variant follow the link of the mail that the sink took, as a browser does. */
export async function click({ product, sink }: Scene, campaign: string, byVariant: readonly number[]): Promise<void> {
  const links = byVariant.flatMap((count, variant) =>
    sink
      .messages()
      .filter(({ subject }) => subject === SUBJECTS[variant])
      .slice(0, count)
      .map(({ link }) => link),
  );
  // Who clicks within a second of the handing over is taken for a machine.
  const handedOver = async () =>
    (
      await product.sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM campaign_recipients
       WHERE campaign_id = $1 AND (status = 'pending' OR accepted_at > now() - interval '1.5 s')
         AND batch_id IN (SELECT id FROM send_batches WHERE arm >= 0)`,
        [campaign],
      )
    )[0]?.n === 0;
  await until(handedOver, { what: 'the sample to be handed over' });
  const answers = await Promise.all(
    links.map((link) => fetch(link, { redirect: 'manual', headers: { 'user-agent': BROWSER } })),
  );
  const where = answers.map(({ headers }) => headers.get('location'));
  if (where.some((location) => location !== 'https://example.com/')) throw new Error(`clicks led to ${where.join()}`);
  await until(async () => (await clicked(product, campaign)) === links.length, { what: 'the clicks to be counted' });
}

async function clicked(product: Scene['product'], campaign: string): Promise<number> {
  const [row] = await product.sql<{ n: number }>(
    'SELECT count(clicked_at)::int AS n FROM campaign_recipients WHERE campaign_id = $1',
    [campaign],
  );
  return row?.n ?? 0;
}

/** Waits until the clock of the test runs, and lets its time be over. */
export async function passTime({ product }: Scene, campaign: string): Promise<void> {
  const overdue = () =>
    product.sql(
      `UPDATE ab_tests SET measured_from = measured_from - interval '8 days'
       WHERE campaign_id = $1 AND measured_from IS NOT NULL RETURNING 1`,
      [campaign],
    );
  await until(async () => (await overdue()).length === 1, { what: 'the clock of the test to run' });
}
