import type { ContentBody, Locale } from '#contracts';
import type { CompiledContent } from '#engine/render';
import type { Transaction } from '#platform/database';
import { chance } from './chance.js';
import { demoProviders } from './people.js';

/** What a campaign of the demo was, and how people took it: parts of those who got it. */
export interface DemoCampaign {
  name: Record<Locale, string>;
  subject: Record<Locale, string>;
  list: 'all' | 'vip' | 'shop' | 'event' | 'news';
  daysAgo: number;
  opens: number;
  clicks: number;
  hard: number;
  soft: number;
  leaves: number;
  complaints: number;
}

const campaign = (
  daysAgo: number,
  list: DemoCampaign['list'],
  [zh, en]: readonly [string, string],
  [zhSubject, enSubject]: readonly [string, string],
  [opens, clicks, hard, soft, leaves, complaints]: readonly [number, number, number, number, number, number],
): DemoCampaign => ({
  name: { 'zh-CN': zh, en },
  subject: { 'zh-CN': zhSubject, en: enSubject },
  ...{ list, daysAgo, opens, clicks, hard, soft, leaves, complaints },
});

/** Nearly a year of a tea shop, oldest first: lists grow cleaner, and one mailing went too often. */
export const CAMPAIGNS: readonly DemoCampaign[] = [
  campaign(
    330,
    'all',
    ['新年问候', 'New year greeting'],
    ['{{name}}，新年好', 'Happy new year, {{name}}'],
    [0.31, 0.04, 0.021, 0.012, 0.006, 0.0006],
  ),
  campaign(
    300,
    'news',
    ['一月通讯', 'January letter'],
    ['冬茶与炉火', 'Winter tea by the fire'],
    [0.36, 0.07, 0.009, 0.008, 0.004, 0],
  ),
  campaign(
    268,
    'shop',
    ['春茶预订', 'Spring pre-order'],
    ['头采还剩 200 罐', 'First flush: 200 tins left'],
    [0.42, 0.13, 0.005, 0.007, 0.003, 0],
  ),
  campaign(
    239,
    'news',
    ['三月通讯', 'March letter'],
    ['去山里看茶树', 'To the tea hills'],
    [0.35, 0.06, 0.004, 0.006, 0.003, 0],
  ),
  campaign(
    205,
    'event',
    ['春日茶会', 'Spring tasting'],
    ['邀请您来品第一泡', 'You are invited to the first cup'],
    [0.55, 0.21, 0.002, 0.004, 0.002, 0],
  ),
  campaign(
    176,
    'all',
    ['五一促销', 'May sale'],
    ['全场八折，只到周日', '20% off until Sunday'],
    [0.28, 0.08, 0.004, 0.007, 0.009, 0.0008],
  ),
  campaign(
    170,
    'all',
    ['五一促销：最后一天', 'May sale: last day'],
    ['今晚截止', 'Ends tonight'],
    [0.19, 0.04, 0.003, 0.006, 0.016, 0.0018],
  ),
  campaign(
    140,
    'news',
    ['六月通讯', 'June letter'],
    ['夏天喝什么', 'What to drink in summer'],
    [0.37, 0.07, 0.003, 0.005, 0.003, 0],
  ),
  campaign(
    108,
    'vip',
    ['会员专场', 'Members only'],
    ['{{name}}，为您留了一份', '{{name}}, one is set aside for you'],
    [0.61, 0.27, 0.002, 0.003, 0.001, 0],
  ),
  campaign(
    66,
    'news',
    ['九月通讯', 'September letter'],
    ['桂花开了', 'Osmanthus in bloom'],
    [0.38, 0.08, 0.003, 0.005, 0.002, 0],
  ),
  campaign(
    31,
    'shop',
    ['秋茶上新', 'Autumn harvest'],
    ['秋茶到了', 'The autumn harvest is here'],
    [0.43, 0.14, 0.002, 0.005, 0.002, 0],
  ),
  campaign(
    3,
    'news',
    ['十一月通讯', 'November letter'],
    ['一壶老茶', 'A pot of aged tea'],
    [0.34, 0.07, 0.002, 0.004, 0.002, 0],
  ),
];

export interface DemoContent {
  body: ContentBody;
  compiled: CompiledContent;
}

/** Where and by whom it was sent. */
export interface DemoPlace {
  workspaceId: string;
  locale: Locale;
  lists: ReadonlyMap<string, string>;
  accountId: string;
}

/** Writes one sent campaign with its ledger and what came back, as the product itself would have. */
export async function addCampaign(
  tx: Transaction,
  place: DemoPlace,
  demo: DemoCampaign,
  { body, compiled }: DemoContent,
): Promise<string> {
  const { workspaceId, locale, lists } = place;
  const audience = { lists: [lists.get(demo.list)], excludeLists: [] };
  const from =
    locale === 'zh-CN' ? ['青山茶舍', 'news@qingshan.example'] : ['Green Hill Tea', 'news@greenhill.example'];
  const row = await tx.first<{ id: string }>(
    `INSERT INTO campaigns (workspace_id, name, status, from_name, from_address, content, audience, created_at, updated_at,
       tested_at, started_at, frozen_at, prepared_at, finished_at)
     SELECT $1, $2, 'sent', $3, $4, $5, $6, at - interval '2 days', at, at - interval '1 hour', at, at, at, at + interval '20 minutes'
     FROM (SELECT date_trunc('hour', now()) - make_interval(days => $7) AS at) AS t RETURNING id`,
    [
      ...[workspaceId, demo.name[locale], ...from],
      ...[JSON.stringify({ ...body, subject: demo.subject[locale] }), JSON.stringify(audience), demo.daysAgo],
    ],
  );
  const id = row?.id ?? '';
  await tx.run('INSERT INTO campaign_contents (campaign_id, compiled, links) VALUES ($1, $2, $3)', [
    id,
    JSON.stringify(compiled),
    JSON.stringify(compiled.links),
  ]);
  await tx.run('SELECT ensure_recipient_partition($1)', [id]);
  await addLedger(tx, place, demo, id);
  await addEvents(tx, id, Math.max(compiled.links.length, 1));
  await addConsequences(tx, id);
  return id;
}

/** Who was on the list then and not suppressed, and what became of each. */
async function addLedger(tx: Transaction, place: DemoPlace, demo: DemoCampaign, id: string): Promise<void> {
  const { domains, providers } = demoProviders();
  const draw = (what: string) => chance(`canonical || $2::text || '${what}'`);
  await tx.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status,
       attempts, accepted_at, finished_at, bounced_at, bounce_kind, bounce_reason, bounce_detail, opened_at, machine_opened_at,
       clicked_at, unsubscribed_at, complained_at)
     SELECT $1, row_number() OVER (ORDER BY contact_id), $3, contact_id, 0, email, canonical, provider,
       CASE WHEN hard THEN 'rejected' ELSE 'accepted' END,
       jsonb_build_array(jsonb_build_object('at', sent, 'smtpAccountId', $4::text,
         'kind', CASE WHEN hard THEN 'rejected' ELSE 'accepted' END, 'code', CASE WHEN hard THEN 550 ELSE 250 END,
         'enhanced', CASE WHEN hard THEN '5.1.1' ELSE '2.0.0' END,
         'text', CASE WHEN hard THEN '5.1.1 User unknown' ELSE '2.0.0 Ok: queued' END)),
       CASE WHEN NOT hard THEN sent END, sent, CASE WHEN hard THEN sent WHEN soft THEN sent + interval '4 hours' END,
       CASE WHEN hard THEN 'hard' WHEN soft THEN 'soft' END,
       CASE WHEN hard THEN 'userunknown' WHEN soft THEN 'mailboxfull' END,
       CASE WHEN hard THEN '550 5.1.1 User unknown' WHEN soft THEN '452 4.2.2 Mailbox full' END,
       CASE WHEN opened THEN seen END, CASE WHEN machine THEN sent + interval '3 seconds' END,
       CASE WHEN clicked THEN seen + interval '40 seconds' END, CASE WHEN gone THEN seen + interval '2 minutes' END,
       CASE WHEN complained THEN seen + interval '3 minutes' END
     FROM (SELECT p.*, sent + interval '1 minute' + interval '60 hours' * power(${draw('when')}, 4) AS seen,
         NOT bad AND ${draw('open')} < $7 AS opened, NOT bad AND ${draw('machine')} < 0.12 AS machine,
         NOT bad AND ${draw('open')} < $8 AS clicked, NOT bad AND ${draw('gone')} < $9 AS gone,
         NOT bad AND ${draw('complain')} < $10 AS complained
       FROM (SELECT c.id AS contact_id, c.email, c.canonical, v.provider, a.started_at + interval '18 minutes' * ${draw('turn')} AS sent,
           ${draw('bounce')} < $5 AS hard, ${draw('bounce')} BETWEEN $5 AND $5 + $6 AS soft, ${draw('bounce')} < $5 + $6 AS bad
         FROM campaigns a JOIN list_members m ON m.list_id = $11 AND m.status = 'subscribed'
         JOIN contacts c ON c.id = m.contact_id AND c.status = 'active' AND c.created_at < a.started_at
         JOIN unnest($12::text[], $13::text[]) AS v (domain, provider) ON v.domain = c.domain
         WHERE a.id = $1) AS p) AS q`,
    [
      ...[id, String(demo.daysAgo), place.workspaceId, place.accountId, demo.hard, demo.soft, demo.opens, demo.clicks],
      ...[demo.leaves, demo.complaints, place.lists.get(demo.list), domains, providers],
    ],
  );
  await tx.run(
    'UPDATE campaigns SET prepared_count = (SELECT count(*) FROM campaign_recipients WHERE campaign_id = $1) WHERE id = $1',
    [id],
  );
}

/** With what people read, as often as it stands here; everyone keeps to one. */
const CLIENTS = [
  ...['wechat/mobile', 'wechat/mobile', 'wechat/mobile', 'apple-mail/mobile', 'apple-mail/mobile', 'chrome/desktop'],
  ...['chrome/desktop', 'chrome/mobile', 'outlook/desktop', 'edge/desktop', 'foxmail/desktop', 'apple-mail/tablet'],
];

async function addEvents(tx: Transaction, id: string, links: number): Promise<void> {
  await tx.run(
    `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human, link, detail, client)
     SELECT e.at, r.workspace_id, r.campaign_id, r.seq, r.contact_id, e.type, e.human, e.link, e.detail,
       CASE WHEN e.human THEN ($3::text[])[1 + floor(${CLIENTS.length} * ${chance("r.canonical || 'client'")})::int] END
     FROM campaign_recipients r CROSS JOIN LATERAL (VALUES
       (r.opened_at, 'opened', true, NULL::int, ''), (r.machine_opened_at, 'opened', false, NULL, 'apple-mpp'),
       (r.clicked_at, 'clicked', true, floor($2 * power(${chance("r.canonical || 'link'")}, 2))::int, ''),
       (CASE WHEN r.bounce_kind = 'hard' THEN r.bounced_at END, 'hard-bounced', NULL, NULL, r.bounce_detail),
       (CASE WHEN r.bounce_kind = 'soft' THEN r.bounced_at END, 'soft-bounced', NULL, NULL, r.bounce_detail),
       (r.unsubscribed_at, 'unsubscribed', NULL, NULL, 'page'), (r.complained_at, 'complained', NULL, NULL, '')
     ) AS e (at, type, human, link, detail)
     WHERE r.campaign_id = $1 AND e.at IS NOT NULL ORDER BY e.at`,
    [id, links, CLIENTS],
  );
}

/** Bounces and complaints suppress, unsubscriptions leave the lists; later campaigns pass over them. */
async function addConsequences(tx: Transaction, id: string): Promise<void> {
  await tx.run(
    `INSERT INTO suppressions (workspace_id, canonical, reason, campaign_id, detail, created_at)
     SELECT workspace_id, canonical, CASE WHEN complained_at IS NULL THEN 'hard_bounce' ELSE 'complaint' END, campaign_id,
       coalesce(bounce_detail, ''), coalesce(complained_at, bounced_at)
     FROM campaign_recipients WHERE campaign_id = $1 AND (bounce_kind = 'hard' OR complained_at IS NOT NULL)
     ON CONFLICT DO NOTHING`,
    [id],
  );
  await tx.run(
    `UPDATE contacts c SET status = CASE WHEN r.complained_at IS NULL THEN 'bounced' ELSE 'complained' END
     FROM campaign_recipients r
     WHERE r.campaign_id = $1 AND r.contact_id = c.id AND (r.bounce_kind = 'hard' OR r.complained_at IS NOT NULL)`,
    [id],
  );
  await tx.run(
    `UPDATE list_members m SET status = 'unsubscribed', unsubscribed_at = r.unsubscribed_at,
       unsubscribed_source = 'page:campaign:' || r.campaign_id, updated_at = r.unsubscribed_at
     FROM campaign_recipients r JOIN campaigns c ON c.id = r.campaign_id
     WHERE r.campaign_id = $1 AND r.unsubscribed_at IS NOT NULL AND m.contact_id = r.contact_id
       AND m.list_id = (c.audience->'lists'->>0)::bigint`,
    [id],
  );
  await tx.run(
    `INSERT INTO unsubscribe_reasons (campaign_id, seq, reason, at)
     SELECT campaign_id, seq, (ARRAY['too_many', 'too_many', 'not_relevant', 'never_asked'])[1 + seq % 4], unsubscribed_at
     FROM campaign_recipients WHERE campaign_id = $1 AND unsubscribed_at IS NOT NULL AND seq % 3 > 0`,
    [id],
  );
}
