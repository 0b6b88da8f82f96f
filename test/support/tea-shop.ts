import type { ApiClient } from './api-client.js';
import type { Locale } from './browser.js';
import { zoneOfNoon } from './moved-time.js';
import { setUp } from './product.js';
import type { Product } from './product.js';

/** What people of each language write; the product's own demo has the rest. */
const WORDS = {
  'zh-CN': {
    owner: '王小明',
    shop: '青山茶舍',
    sender: '青山茶舍',
    address: 'news@qingshan.example',
    domain: 'qingshan.example',
    draft: '春茶上新',
    subject: '{{default name "茶友"}}，头采龙井到了',
    segment: '最近打开过的杭州茶友',
    city: '杭州',
    people: ['陈雨桐,chen@corp.test', '刘浩然,liu@corp.test', '黄秀英,huang@corp.test'],
    columns: '姓名,邮箱,城市',
  },
  en: {
    owner: 'Robin Hart',
    shop: 'Green Hill Tea',
    sender: 'Green Hill Tea',
    address: 'news@greenhill.example',
    domain: 'greenhill.example',
    draft: 'Spring harvest',
    subject: '{{default name "Friend"}}, the first Longjing is here',
    segment: 'Opened lately, in London',
    city: 'London',
    people: ['Clara Weber,clara@corp.test', 'Leo Novak,leo@corp.test', 'Grace Kim,grace@corp.test'],
    columns: 'Name,E-mail,City',
  },
} as const;
type Words = (typeof WORDS)[Locale];

/** A workspace as a shop has it after a year, and where its pictures are taken. */
export interface TeaShop {
  /** The whole hour that its dates hang on, and the zone in which that is noon. */
  at: Date;
  zone: string;
  paths: Record<'draft' | 'content' | 'report' | 'contact' | 'columns' | 'segment', string>;
  /** Of the page where visitors subscribe. */
  form: string;
}

/**
 * Fills a new system with the product's demo, which is the same on every machine, and with what the demo lacks: a draft,
 * a domain, a segment with a group in it, a file to import.
 */
export async function furnishShop(product: Product, locale: Locale): Promise<TeaShop> {
  const api = await setUp(product);
  const words = WORDS[locale];
  await api.patch('/auth/me', { name: words.owner, locale });
  const { id: workspace } = await api.post('/workspaces/demo', { locale });
  const at = await hourOf(product, workspace);
  const zone = zoneOfNoon(at);
  // It is a workspace like any other, and the only one.
  await product.sql('DELETE FROM workspace_members WHERE workspace_id <> $1', [workspace]);
  await product.sql('UPDATE workspaces SET demo = false, name = $2, timezone = $3 WHERE id = $1', [
    ...[workspace, words.shop, zone],
  ]);
  await api.post('/sending-domains', { domain: words.domain });
  const { items: campaigns } = await api.get('/campaigns?limit=2');
  const draft = await addDraft(api, words);
  const segment = await addSegment(api, words);
  const columns = await addFile(api, words);
  const form = (await api.get('/forms')).items[0].url;
  return {
    ...{ at, zone, form },
    paths: {
      draft: `/campaigns/${draft}`,
      content: `/campaigns/${draft}/content`,
      report: `/campaigns/${campaigns[1].id}/report`,
      contact: `/contacts/${await busiest(product)}`,
      columns: `/imports/${columns}/prepare`,
      segment: `/segments/${segment}`,
    },
  };
}

/** The demo hangs on the whole hour that it was made in; its last campaign went out three days before. */
async function hourOf(product: Product, workspace: string): Promise<Date> {
  const [row] = await product.sql<{ at: Date }>(
    `SELECT max(started_at) + interval '3 days' AS at FROM campaigns WHERE workspace_id = $1`,
    [workspace],
  );
  return row!.at;
}

async function addDraft(api: ApiClient, words: Words): Promise<string> {
  const lists = (await api.get('/lists')).items as { id: string; public: boolean }[];
  const template = (await api.get('/templates?limit=1')).items[0];
  const { id, version, content } = await api.post('/campaigns', {
    name: words.draft,
    from: { name: words.sender, address: words.address },
    templateId: template.id,
    audience: { lists: [lists.find((list) => list.public)!.id] },
  });
  await api.patch(`/campaigns/${id}`, { content: { ...content, subject: words.subject }, version });
  return id;
}

async function addSegment(api: ApiClient, words: Words): Promise<string> {
  const opened = { kind: 'activity', did: 'opened', op: 'did', when: { op: 'in_last', days: 90 } };
  const of = [
    opened,
    { kind: 'field', type: 'text', key: 'city', test: { op: 'is', values: [words.city] } },
    {
      kind: 'any',
      of: [
        { kind: 'field', type: 'number', key: 'points', test: { op: 'gt', value: 100 } },
        { ...opened, did: 'clicked' },
      ],
    },
  ];
  const rule = { version: 1, root: { kind: 'all', of } };
  const { id } = await api.post('/segments', { name: words.segment, rule });
  await api.post(`/segments/${id}/count`);
  return id;
}

/** Uploaded, not yet imported. */
async function addFile(api: ApiClient, { columns, people, city }: Words): Promise<string> {
  const rows = people.map((person) => `${person},${city}`);
  const content = [columns, ...rows, `?,nobody,${city}`, ''].join('\n');
  const { id } = await api.upload('/imports', { name: 'guests.csv', type: 'text/csv', content });
  return id;
}

/** Who did most. */
async function busiest(product: Product): Promise<string> {
  const [row] = await product.sql<{ id: string }>(
    `SELECT contact_id AS id FROM events WHERE contact_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  return row!.id;
}
