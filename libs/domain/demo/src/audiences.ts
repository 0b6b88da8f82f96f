import { randomBytes } from 'node:crypto';
import type { Locale, SegmentCondition, SegmentRule } from '#contracts';
import type { Transaction } from '#platform/database';
import { ensureSegment } from '#domain/segments';
import type { DemoPlace } from './campaigns.js';

type Activity = Extract<SegmentCondition, { kind: 'activity' }>;

const activity = (op: Activity['op'], did: Activity['did'], days: number): Activity => ({
  ...{ kind: 'activity', op, did, campaigns: [], url: null, machine: false, atLeast: 1 },
  when: { op: 'in_last', days },
});

/** Rules a marketer would think of first: behaviour, fields, dates, and one within the other. */
function segments(shop: string): Array<{ name: Record<Locale, string>; root: SegmentRule['root'] }> {
  return [
    {
      name: { 'zh-CN': '活跃读者', en: 'Active readers' },
      root: { kind: 'all', of: [activity('did', 'opened', 90)] },
    },
    {
      name: { 'zh-CN': '近期买家', en: 'Recent buyers' },
      root: { kind: 'all', of: [activity('did', 'bought', 90)] },
    },
    {
      name: { 'zh-CN': '沉睡的老客户', en: 'Customers gone quiet' },
      root: {
        kind: 'all',
        of: [
          { kind: 'list', op: 'any', lists: [shop], status: 'subscribed' },
          { kind: 'created', when: { op: 'before_last', days: 180 } },
          activity('did', 'sent', 180),
          activity('did_not', 'opened', 180),
        ],
      },
    },
    {
      name: { 'zh-CN': '高积分或 VIP', en: 'Many points, or VIP' },
      root: {
        kind: 'any',
        of: [
          { kind: 'field', type: 'number', key: 'points', test: { op: 'gte', value: 1500 } },
          { kind: 'tag', op: 'any', tags: ['vip'] },
        ],
      },
    },
    {
      name: { 'zh-CN': '本月生日', en: 'Birthday this month' },
      root: {
        kind: 'all',
        of: [{ kind: 'field', type: 'date', key: 'birthday', test: { op: 'anniversary_this_month' } }],
      },
    },
  ];
}

/** Makes the saved segments, and the form people subscribe by. */
export async function addAudiences(tx: Transaction, { workspaceId, locale, lists }: DemoPlace): Promise<void> {
  for (const { name, root } of segments(lists.get('shop') ?? '')) {
    await ensureSegment(tx, workspaceId, { name: name[locale], description: '', rule: { version: 1, root } });
  }
  const zh = locale === 'zh-CN';
  const texts = {
    title: zh ? '订阅青山茶讯' : 'Letters from Green Hill',
    intro: zh ? '每月一封：新茶、茶会和喝茶的小事。' : 'Once a month: new teas, tastings, and small things about tea.',
    ...{ button: '', thanks: '', consent: '' },
  };
  const sender = zh
    ? { name: '青山茶舍', address: 'news@qingshan.example' }
    : { name: 'Green Hill Tea', address: 'news@greenhill.example' };
  await tx.run(
    `INSERT INTO forms (workspace_id, public_id, name, enabled, locale, lists, fields, texts, double_opt_in, sender)
     VALUES ($1, $2, $3, true, $4, $5, $6, $7, true, $8)`,
    [
      ...[workspaceId, randomBytes(12).toString('base64url'), zh ? '官网订阅' : 'Website sign-up', locale],
      ...[[lists.get('news')], JSON.stringify([{ key: 'name', required: false }]), JSON.stringify(texts)],
      JSON.stringify(sender),
    ],
  );
}
