import { providerOf } from '#engine/pace';
import type { Locale } from '#contracts';
import type { Transaction } from '#platform/database';
import { chance } from './chance.js';

export const PEOPLE = 5_000;

/** Reserved domains only (RFC 2606, RFC 6761): mail to them never leaves the machine. */
const DOMAINS = ['qq.test', '163.test', 'gmail.test', 'outlook.test', 'corp.test', 'example.com', 'example.org'];
const SURNAMES = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林'];
const GIVEN = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '磊',
  '洋',
  '艳',
  '勇',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀英',
  '子轩',
  '雨桐',
  '浩然',
];
const FIRST = [
  'Anna',
  'Ben',
  'Clara',
  'David',
  'Emma',
  'Felix',
  'Grace',
  'Henry',
  'Ines',
  'Jack',
  'Kate',
  'Leo',
  'Mia',
  'Noah',
];
const LAST = [
  'Smith',
  'Jones',
  'Garcia',
  'Martin',
  'Weber',
  'Rossi',
  'Novak',
  'Silva',
  'Berg',
  'Moreau',
  'Kim',
  'Tanaka',
];
const CITIES: Record<Locale, string[]> = {
  'zh-CN': ['北京', '上海', '广州', '深圳', '杭州', '成都', '武汉', '西安'],
  en: ['London', 'Berlin', 'New York', 'Singapore', 'Sydney', 'Toronto', 'Paris', 'Dublin'],
};

export interface DemoList {
  key: 'all' | 'vip' | 'shop' | 'event' | 'news';
  /** Part of the contacts that are on it. */
  part: number;
  optIn: 'single' | 'double';
  public: boolean;
  name: Record<Locale, string>;
}
export const LISTS: readonly DemoList[] = [
  { key: 'all', part: 1, optIn: 'single', public: false, name: { 'zh-CN': '全部客户', en: 'All customers' } },
  { key: 'news', part: 0.62, optIn: 'double', public: true, name: { 'zh-CN': '月度通讯', en: 'Monthly newsletter' } },
  { key: 'shop', part: 0.4, optIn: 'single', public: true, name: { 'zh-CN': '商城买家', en: 'Shop buyers' } },
  { key: 'event', part: 0.16, optIn: 'single', public: false, name: { 'zh-CN': '茶会报名', en: 'Event guests' } },
  { key: 'vip', part: 0.08, optIn: 'single', public: false, name: { 'zh-CN': 'VIP 会员', en: 'VIP members' } },
];

/** Makes the fields, contacts and lists. @returns ids of the lists by key */
export async function addPeople(tx: Transaction, workspaceId: string, locale: Locale): Promise<Map<string, string>> {
  const zh = locale === 'zh-CN';
  await tx.run(
    `INSERT INTO contact_fields (workspace_id, key, label, type)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[])`,
    [
      workspaceId,
      ['city', 'points', 'birthday'],
      zh ? ['城市', '积分', '生日'] : ['City', 'Points', 'Birthday'],
      ['text', 'number', 'date'],
    ],
  );
  const pick = (list: string, key: string) => `(${list})[1 + floor(array_length(${list}, 1) * ${chance(key)})::int]`;
  const n = "'demo:' || n";
  await tx.run(
    `INSERT INTO contacts (workspace_id, email, canonical, domain, name, locale, timezone, fields, tags, created_at)
     SELECT $1, local || '@' || domain, local || '@' || domain, domain,
       CASE WHEN chinese THEN ${pick('$3::text[]', `${n} || 'surname'`)} || ${pick('$4::text[]', `${n} || 'given'`)}
         ELSE ${pick('$5::text[]', `${n} || 'first'`)} || ' ' || ${pick('$6::text[]', `${n} || 'last'`)} END,
       CASE WHEN chinese THEN 'zh-CN' ELSE 'en' END, NULL,
       jsonb_build_object('city', CASE WHEN chinese THEN ${pick('$7::text[]', `${n} || 'city'`)}
           ELSE ${pick('$8::text[]', `${n} || 'city'`)} END,
         'points', floor(3000 * power(${chance(`${n} || 'points'`)}, 3))::int,
         'birthday', to_char(date '1960-01-01' + floor(17000 * ${chance(`${n} || 'birthday'`)})::int, 'YYYY-MM-DD')),
       CASE WHEN ${chance(`${n} || 'tag'`)} < 0.1 THEN ARRAY['vip'] WHEN ${chance(`${n} || 'tag'`)} < 0.35
         THEN ARRAY['repeat'] ELSE '{}' END,
       date_trunc('hour', now()) - interval '420 days' * ${chance(`${n} || 'since'`)}
     FROM (SELECT n, 'demo' || lpad(n::text, 4, '0') AS local, ${pick('$2::text[]', `${n} || 'domain'`)} AS domain,
         ${chance(`${n} || 'lang'`)} < $9 AS chinese FROM generate_series(1, $10) AS n) AS people ORDER BY n`,
    [
      ...[workspaceId, DOMAINS, SURNAMES, GIVEN, FIRST, LAST, CITIES['zh-CN'], CITIES.en],
      ...[zh ? 0.85 : 0.15, PEOPLE],
    ],
  );
  await tx.run(`INSERT INTO tags (workspace_id, name) VALUES ($1, 'vip'), ($1, 'repeat') ON CONFLICT DO NOTHING`, [
    workspaceId,
  ]);
  const ids = new Map<string, string>();
  for (const list of LISTS) ids.set(list.key, await addList(tx, workspaceId, locale, list));
  return ids;
}

async function addList(tx: Transaction, workspaceId: string, locale: Locale, list: DemoList): Promise<string> {
  const row = await tx.first<{ id: string }>(
    'INSERT INTO lists (workspace_id, name, opt_in, public) VALUES ($1, $2, $3, $4) RETURNING id',
    [workspaceId, list.name[locale], list.optIn, list.public],
  );
  const id = row?.id ?? '';
  const consent = { source: locale === 'zh-CN' ? '门店登记' : 'shop counter' };
  await tx.run(
    `INSERT INTO list_members (list_id, contact_id, workspace_id, status, consent, created_at, updated_at)
     SELECT $2, id, $1, CASE WHEN $5 AND ${chance("canonical || 'pending'")} < 0.03 THEN 'pending' ELSE 'subscribed' END,
       $4, created_at, created_at
     FROM contacts WHERE workspace_id = $1 AND ${chance(`canonical || '${list.key}'`)} < $3`,
    [workspaceId, id, list.part, JSON.stringify(consent), list.optIn === 'double'],
  );
  return id;
}

/** Provider of each domain of the demo's contacts, as two columns. */
export function demoProviders(): { domains: string[]; providers: string[] } {
  return { domains: DOMAINS, providers: DOMAINS.map((domain) => providerOf(domain)) };
}
