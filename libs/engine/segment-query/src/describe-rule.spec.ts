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
