import type { DomainMail } from '#contracts';
import { judgeAddress } from './index.js';
import type { PastBehaviour } from './index.js';

const CLEAN: PastBehaviour = { hardBounced: false, complained: false, softBounces: 0, mails: 0, engaged: false };
const judged = (address: string, mail: DomainMail | null = 'exchangers', past: Partial<PastBehaviour> | null = null) =>
  judgeAddress(address, mail, past && { ...CLEAN, ...past });

describe('judgeAddress', () => {
  it.each([
    ['li.lei@firm.cn'],
    ['李雷@例子.中国'],
    ['12345@qq.com'],
    ["o'brien+news@mail.com"],
    ['infomania@firm.cn'],
    ['x@notmailinator.com'],
  ])('takes %s for valid', (address) => {
    expect(judged(address)).toEqual({ verdict: 'valid', reasons: [], suggestion: null });
  });

  it.each<[string, DomainMail | null, string, string[], string | null]>([
    ['a@b@c.cn', 'exchangers', 'invalid', ['syntax'], null],
    ['lilei@gamil.com', 'exchangers', 'risky', ['typo'], 'lilei@gmail.com'],
    ['lilei@gamil.com', 'nothing', 'invalid', ['typo', 'no_mx'], 'lilei@gmail.com'],
    ['lilei@hotmaill.com', 'no-such-domain', 'invalid', ['typo', 'domain_gone'], 'lilei@hotmail.com'],
    ['lilei@hotmaill.com', 'exchangers', 'valid', [], null],
    ['lilei@firm.cn', 'no-such-domain', 'invalid', ['domain_gone'], null],
    ['lilei@firm.cn', 'refused', 'invalid', ['null_mx'], null],
    ['lilei@firm.cn', 'nothing', 'invalid', ['no_mx'], null],
    ['lilei@firm.cn', 'address', 'valid', [], null],
    ['lilei@firm.cn', null, 'valid', [], null],
    ['guest@simulator.test', 'no-such-domain', 'valid', [], null],
    ['Info+fair@firm.cn', 'exchangers', 'risky', ['role'], null],
    ['tea-request@firm.cn', 'exchangers', 'risky', ['role'], null],
    ['kefu@firm.cn', 'exchangers', 'risky', ['role'], null],
    ['x@a.b.mailinator.com', 'exchangers', 'risky', ['disposable'], null],
    ['sales@chacuo.net', 'refused', 'invalid', ['null_mx', 'disposable', 'role'], null],
  ])('judges %s (%s) as %s for %j', (address, mail, verdict, reasons, suggestion) => {
    expect(judged(address, mail)).toEqual({ verdict, reasons, suggestion });
  });

  it.each<[Partial<PastBehaviour>, string, string[]]>([
    [{ hardBounced: true }, 'invalid', ['bounced']],
    [{ complained: true, hardBounced: true }, 'invalid', ['complained', 'bounced']],
    [{ softBounces: 2 }, 'valid', []],
    [{ softBounces: 3 }, 'risky', ['soft_bounced']],
    [{ mails: 9 }, 'valid', []],
    [{ mails: 10 }, 'risky', ['silent']],
    [{ mails: 10, engaged: true }, 'valid', []],
  ])('reads the past: %j', (past, verdict, reasons) => {
    expect(judged('li@firm.cn', 'exchangers', past)).toMatchObject({ verdict, reasons });
  });

  it('suggests the domain that one slip was meant for, and none where two are as near', () => {
    const meant = (domain: string) => judged(`a@${domain}`, 'no-such-domain').suggestion;
    expect(meant('outlokk.com')).toBe('a@outlook.com');
    expect(meant('yahho.com')).toBe('a@yahoo.com');
    expect(meant('foxmil.com')).toBe('a@foxmail.com');
    expect(meant('129.com')).toBeNull();
    expect(meant('nothing-like-it.cn')).toBeNull();
  });
});
