import { ReportWording } from './report-wording.js';

describe('the words of a workbook', () => {
  it('are those of its reader, with times of the clock of the workspace', () => {
    const wording = new ReportWording({ locale: 'zh-CN', timezone: 'Asia/Shanghai' });
    const cells = [
      ['accepted_at', '2026-05-06T17:08:09.123Z'],
      ['provider', 'netease'],
      ['status', 'expired'],
      ['exclusion', 'hold_out'],
      ['bounce_kind', 'soft'],
      ['bounce_reason', 'mailboxfull'],
      ['email', 'accepted'],
    ] as const;
    expect(cells.map(([column, text]) => wording.cell(column, text))).toEqual([
      '2026-05-07 01:08:09',
      expect.stringMatching(/^网易/),
      '超时',
      'A/B 测试的对照组，什么都不发',
      '软退信',
      '邮箱已满',
      'accepted',
    ]);
  });

  it('leave a key alone that has no words', () => {
    const wording = new ReportWording({ locale: 'en', timezone: 'UTC' });
    expect(wording.reason('userunknown')).toBe('No such mailbox');
    expect([wording.reason('constructor'), wording.provider('new one')]).toEqual(['constructor', 'new one']);
  });
});
