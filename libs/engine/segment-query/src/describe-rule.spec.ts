import { SegmentRule } from '#contracts';
import { describeRule } from './index.js';

const nothing = { field: () => undefined, list: () => undefined, campaign: () => undefined };
const sentences = (of: object[]) => {
  const rule = SegmentRule.parse({ version: 1, root: { kind: 'all', of } });
  return [describeRule(rule, nothing, 'zh-CN'), describeRule(rule, nothing, 'en')];
};

it('calls mailbox providers what their users call them', () => {
  const [zh, en] = sentences([{ kind: 'provider', op: 'is', providers: ['qq', 'netease', 'other'] }]);
  expect(zh).toContain('邮箱服务商为 QQ 邮箱或网易邮箱');
  expect(zh).not.toMatch(/netease|other/);
  expect(en).toMatch(/QQ Mail.*NetEase.*Others/);
});

it('words why mails bounced as the reports do', () => {
  const [zh, en] = sentences([
    {
      ...{ kind: 'recipient', op: 'is', campaign: '1', outcome: 'bounced', link: null },
      ...{ reason: 'userunknown', provider: 'qq', machine: false },
    },
  ]);
  expect(zh).toContain('（原因：邮箱不存在，QQ 邮箱）');
  expect(en).toContain('(reason: No such mailbox, at QQ Mail)');
});

it('says in Chinese that mails bounce, not that people bounce them', () => {
  const activity = (op: string, did: string, when: object) =>
    sentences([{ kind: 'activity', op, did, when, campaigns: [], url: null, atLeast: 1, machine: false }])[0];
  expect(activity('did', 'bounced_hard', { op: 'in_last', days: 30 })).toBe('最近 30 天内营销活动硬退信过。');
  expect(activity('did_not', 'bounced', { op: 'ever' })).toBe('营销活动从未退信。');
  expect(activity('did_not', 'opened', { op: 'ever' })).toBe('从未打开营销活动。');
});

it('says who bought, and who never did', () => {
  const bought = (op: string, when: object, atLeast = 1) =>
    sentences([{ kind: 'activity', op, did: 'bought', when, atLeast }]);
  const lately = { op: 'in_last', days: 90 };
  expect(bought('did', lately)).toEqual(['最近 90 天内购买过。', 'Made a purchase in the last 90 days.']);
  expect(bought('did_not', lately)).toEqual(['最近 90 天内没有购买。', 'Did not make a purchase in the last 90 days.']);
  expect(bought('did_not', { op: 'ever' })).toEqual(['从未购买。', 'Did not make a purchase ever.']);
  expect(bought('did', { op: 'ever' }, 3)).toEqual(['购买过至少 3 次。', 'Made a purchase at least 3 times.']);
});
