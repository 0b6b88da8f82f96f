import { SegmentRule } from '#contracts';
import { describeRule } from './index.js';

const nothing = { field: () => undefined, list: () => undefined, campaign: () => undefined };
const sentences = (of: object[]) => {
  const rule = SegmentRule.parse({ version: 1, root: { kind: 'all', of } });
  return [describeRule(rule, nothing, 'zh-CN'), describeRule(rule, nothing, 'en')];
};

it('calls mailbox providers what their users call them', () => {
  const [zh, en] = sentences([{ kind: 'provider', op: 'is', providers: ['qq', 'netease', 'other'] }]);
  expect(zh).toMatch(/QQ 邮箱、?或?网易邮箱/);
  expect(zh).not.toMatch(/netease|other/);
  expect(en).toMatch(/QQ Mail.*NetEase.*Others/);
});
