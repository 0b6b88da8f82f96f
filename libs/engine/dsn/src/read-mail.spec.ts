import { readFileSync } from 'node:fs';
import { readMail } from './index.js';

function fixture(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}.eml`, import.meta.url));
}

describe('readMail', () => {
  it('reads a Postfix delivery report with recipient, status, words, reason and our tokens', () => {
    const verdict = readMail(fixture('postfix-unknown'), {
      recipients: ['b.abc123@bounce.hongyan.example'],
      sender: '',
    });

    expect(verdict).toMatchObject({ kind: 'bounce', rule: 'dsn.failed', from: 'MAILER-DAEMON@mx1.hongyan.example' });
    expect(verdict.recipients).toEqual([
      expect.objectContaining({
        address: 'li.lei@shop.example',
        action: 'failed',
        status: '5.1.1',
        replyCode: 550,
        reason: 'userunknown',
        group: 'hard',
      }),
    ]);
    expect(verdict.tokenCandidates).toEqual(
      expect.arrayContaining([
        { where: 'envelope', value: 'b.abc123' },
        { where: 'recipient-header', value: 'b.abc123' },
        { where: 'original-message-id', value: 'm.abc123@hongyan.example' },
        { where: 'original-reference', value: 'c7-42-mac' },
        { where: 'original-return-path', value: 'b.abc123' },
      ]),
    );
  });
});
