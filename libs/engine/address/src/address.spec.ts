import fc from 'fast-check';
import { DOMAIN_TYPOS, parseAddress, parseDisplayName, suggestDomain } from './index.js';

const ok = (input: unknown) => {
  const result = parseAddress(input);
  if (!result.ok) throw new Error(`${JSON.stringify(input)}: ${result.code}`);
  return result.value;
};
const code = (input: unknown) => {
  const result = parseAddress(input);
  return result.ok ? `accepted as ${result.value.address}` : result.code;
};

describe('parseAddress', () => {
  it.each([
    ['Li.Lei@Example.COM', 'Li.Lei@example.com', 'li.lei@example.com'],
    ["o'brien+news/a=b@example.co.uk", "o'brien+news/a=b@example.co.uk", "o'brien+news/a=b@example.co.uk"],
    ['李雷@例子.中国', '李雷@xn--fsqu00a.xn--fiqs8s', '李雷@xn--fsqu00a.xn--fiqs8s'],
    ['a@BÜCHER.de', 'a@xn--bcher-kva.de', 'a@xn--bcher-kva.de'],
    ['ÅSA@example.se', 'ÅSA@example.se', 'åsa@example.se'],
    ['12345@qq.com', '12345@qq.com', '12345@qq.com'],
  ])('reads %s', (typed, address, canonical) => {
    expect(ok(typed)).toMatchObject({ address, canonical });
  });

  it('gives a decomposed and a composed spelling the same canonical form', () => {
    expect(ok('A\u030Asa@example.se').canonical).toBe(ok('\u00C5sa@example.se').canonical);
  });

  it('says that only a non-ASCII local part needs SMTPUTF8', () => {
    expect(ok('李雷@example.com').international).toBe(true);
    expect(ok('lilei@例子.中国').international).toBe(false);
  });

  it.each([
    ['  a@example.com\t'],
    ['\u3000a@example.com\u00A0'],
    ['\uFEFFa@example.com'],
    ['a\u200B@example.\u200Dcom'],
    ['a＠example.com'],
    ['a@example。com'],
    ['a@ｅｘａｍｐｌｅ.com'],
  ])('cleans up what an import brings: %j', (typed) => {
    expect(ok(typed).address).toBe('a@example.com');
  });

  it.each([
    [undefined, 'ADDRESS_EMPTY'],
    [null, 'ADDRESS_EMPTY'],
    ['', 'ADDRESS_EMPTY'],
    [' \u200B ', 'ADDRESS_EMPTY'],
    [['a@example.com'], 'ADDRESS_NOT_ONE'],
    [[['a@example.com']], 'ADDRESS_NOT_ONE'],
    [{ address: 'a@example.com' }, 'ADDRESS_NOT_ONE'],
    [42, 'ADDRESS_NOT_ONE'],
    ['a@example.com, b@example.com', 'ADDRESS_NOT_ONE'],
    ['a@example.com;b@example.com', 'ADDRESS_NOT_ONE'],
    ['a@example.com，b@example.com', 'ADDRESS_NOT_ONE'],
    ['friends: a@example.com;', 'ADDRESS_NOT_ONE'],
    ['Li Lei <a@example.com>', 'ADDRESS_NOT_ONE'],
    ['<a@example.com>', 'ADDRESS_NOT_ONE'],
    ['a(comment)@example.com', 'ADDRESS_NOT_ONE'],
    ['a@b@example.com', 'ADDRESS_NOT_ONE'],
    ['a＠b@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['a example.com', 'ADDRESS_NO_AT'],
    ['a@example.com\r\nRCPT TO:<b@example.com>', 'ADDRESS_CONTROL_CHARACTER'],
    ['a@example.com\n', 'ADDRESS_CONTROL_CHARACTER'],
    ['a\0@example.com', 'ADDRESS_CONTROL_CHARACTER'],
    ['a\u0085@example.com', 'ADDRESS_CONTROL_CHARACTER'],
    ['a\u2028@example.com', 'ADDRESS_CONTROL_CHARACTER'],
    ['"a b"@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['.a@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['a.@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['a..b@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['a b@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['a\\b@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['ａｂｃ@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['\uD800@example.com', 'ADDRESS_LOCAL_INVALID'],
    ['a@', 'ADDRESS_DOMAIN_INVALID'],
    ['a@localhost', 'ADDRESS_DOMAIN_INVALID'],
    ['a@example..com', 'ADDRESS_DOMAIN_INVALID'],
    ['a@example.com.', 'ADDRESS_DOMAIN_INVALID'],
    ['a@-example.com', 'ADDRESS_DOMAIN_INVALID'],
    ['a@exa_mple.com', 'ADDRESS_DOMAIN_INVALID'],
    ['a@exam\u00ADple.com', 'ADDRESS_DOMAIN_INVALID'],
    ['a@exa mple.com', 'ADDRESS_DOMAIN_INVALID'],
    ['a@example.com/b', 'ADDRESS_DOMAIN_INVALID'],
    ['a@example.com?b', 'ADDRESS_DOMAIN_INVALID'],
    ['a@ex%2eample.com', 'ADDRESS_DOMAIN_INVALID'],
    ['a@xn--a.com', 'ADDRESS_DOMAIN_INVALID'],
    ['a@[127.0.0.1]', 'ADDRESS_DOMAIN_INVALID'],
    ['a@127.0.0.1', 'ADDRESS_DOMAIN_INVALID'],
    ['a@0x7f.1', 'ADDRESS_DOMAIN_INVALID'],
    [`a@${'b'.repeat(64)}.com`, 'ADDRESS_DOMAIN_INVALID'],
    [`${'a'.repeat(65)}@example.com`, 'ADDRESS_TOO_LONG'],
    [`${'李'.repeat(22)}@example.com`, 'ADDRESS_TOO_LONG'],
    [`${'a'.repeat(64)}@${'b.'.repeat(95)}com`, 'ADDRESS_TOO_LONG'],
    ['a'.repeat(1_000_000), 'ADDRESS_TOO_LONG'],
  ])('refuses %j with %s', (typed, expected) => {
    expect(code(typed)).toBe(expected);
  });

  it('accepts exactly 64 octets before the @ and 254 in all', () => {
    const domain = `${'b'.repeat(61)}.${'c'.repeat(61)}.${'d'.repeat(61)}.com`;
    const longest = `${'a'.repeat(64)}@${domain}`;
    expect(longest).toHaveLength(254);
    expect(ok(longest).address).toBe(longest);
    expect(code(longest.replace('.com', '.info'))).toBe('ADDRESS_TOO_LONG');
  });

  it('explains every refusal in a sentence', () => {
    for (const typed of ['', 'a', 'a,b@c.de', '"a"@b.de', 'a@b', 'a\r@b.de', 'a'.repeat(2000)]) {
      const result = parseAddress(typed);
      expect(result.ok ? '' : result.message).toMatch(/^[A-Z].{15,}\.$/u);
    }
  });

  it('lets nothing through that holds a CR, LF, NUL, comma or any other separator', () => {
    const nasty = fc.constantFrom('\r', '\n', '\0', ',', ';', '<', '>', '"', '(', ' ', '\r\n.\r\n', '\u2028');
    fc.assert(
      fc.property(fc.emailAddress(), nasty, fc.nat(), (address, part, place) => {
        const at = 1 + (place % (address.length - 1));
        expect(parseAddress(address.slice(0, at) + part + address.slice(at)).ok).toBe(false);
      }),
    );
  });

  it('returns for any text either a refusal or a clean address whose canonical form is its own', () => {
    const piece = fc.constantFrom(
      'a',
      'B',
      '.',
      '@',
      '＠',
      '例',
      'é',
      'İ',
      '😀',
      '\u200B',
      '\n',
      ',',
      'xn--',
      '-',
      'com',
      ' ',
      'ß',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(piece, { maxLength: 14 }).map((parts) => parts.join('')),
      fc.array(piece, { maxLength: 6 }).map((parts) => `${parts.join('')}@${parts.join('')}.com`),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const result = parseAddress(typed);
        if (!result.ok) return;
        const { address, canonical, local, domain } = result.value;
        expect(address).toBe(`${local}@${domain}`);
        expect(address).not.toMatch(/[\0-\x20\x7F,;:<>()"[\]\\]/);
        expect(domain).toMatch(/^[a-z0-9.-]+\.[a-z0-9-]+$/);
        expect(ok(canonical).canonical).toBe(canonical);
        expect(ok(address)).toEqual(result.value);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('parseDisplayName', () => {
  it('trims a name and keeps its characters', () => {
    expect(parseDisplayName(' 鸿雁 “Team”, Ltd ')).toEqual({ ok: true, value: '鸿雁 “Team”, Ltd' });
  });

  it.each([['a\rb'], ['a\nBcc: x@y.z'], ['a\0'], ['a\u2028b'], ['\uD800'], ['x'.repeat(101)], ['x'.repeat(1e6)], [7]])(
    'refuses %j',
    (name) => {
      expect(parseDisplayName(name)).toMatchObject({ ok: false, code: 'DISPLAY_NAME_INVALID' });
    },
  );

  it('counts characters, not UTF-16 units', () => {
    expect(parseDisplayName('😀'.repeat(100)).ok).toBe(true);
    expect(parseDisplayName('😀'.repeat(101)).ok).toBe(false);
  });
});

describe('suggestDomain', () => {
  it('knows what was meant by a frequent slip and leaves other domains alone', () => {
    expect(suggestDomain('Gamil.com')).toBe('gmail.com');
    expect(suggestDomain('163.con')).toBe('163.com');
    expect(suggestDomain('example.com')).toBeNull();
    expect(suggestDomain('constructor')).toBeNull();
  });

  it('never suggests a domain that it holds for a slip itself', () => {
    for (const [typed, meant] of DOMAIN_TYPOS) {
      expect(suggestDomain(meant)).toBeNull();
      expect(parseAddress(`a@${typed}`).ok).toBe(true);
    }
  });
});
