import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { relaxedBody, relaxedHeader } from './dkim-canonical.js';
import { campaignHeaders, composeMessage, signDkim } from './index.js';
import type { DkimKey } from './index.js';

/** A verifier written for this test from RFC 6376 sections 3.4, 3.7 and 6.1; it shares no code with the signer. */
function verifies(message: string, publicKey: KeyObject, which = 0): boolean {
  const cut = message.indexOf('\r\n\r\n');
  const unread = message.slice(0, cut).split(/\r\n(?![ \t])/);
  const signature = unread.filter((field) => /^dkim-signature:/i.test(field))[which] ?? '';
  const tags = new Map(
    signature
      .slice(signature.indexOf(':') + 1)
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s/g, '')]),
  );
  const squeeze = (text: string) => text.split(/[ \t]+/).join(' ');
  const header = (field: string) => {
    const colon = field.indexOf(':');
    return `${field.slice(0, colon).trim().toLowerCase()}:${squeeze(
      field
        .slice(colon + 1)
        .split('\r\n')
        .join(''),
    )
      .replace(/^ /, '')
      .replace(/ $/, '')}`;
  };
  const lines = message
    .slice(cut + 4)
    .split('\r\n')
    .map((line) => squeeze(line).replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  const body = lines.map((line) => `${line}\r\n`).join('');
  if (createHash('sha256').update(body, 'latin1').digest('base64') !== tags.get('bh')) return false;
  let signed = '';
  for (const name of (tags.get('h') ?? '').split(':')) {
    const at = unread.findLastIndex(
      (field) => field.slice(0, field.indexOf(':')).trim().toLowerCase() === name.toLowerCase(),
    );
    if (at >= 0) signed += `${header(unread.splice(at, 1)[0] ?? '')}\r\n`;
  }
  signed += header(signature).replace(/(;| )b=[^;]*$/, '$1b=');
  const data = Buffer.from(signed, 'latin1');
  const value = Buffer.from(tags.get('b') ?? '', 'base64');
  if (tags.get('a') === 'rsa-sha256') return verify('sha256', data, publicKey, value);
  return verify(null, createHash('sha256').update(data).digest(), publicKey, value);
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed = generateKeyPairSync('ed25519');
const now = new Date('2026-11-22T05:25:16Z');
const rsaKey: DkimKey = { domain: 'example.com', selector: 'hy1', algorithm: 'rsa-sha256', privateKey: rsa.privateKey };
const edKey: DkimKey = {
  domain: 'example.com',
  selector: 'hy2',
  algorithm: 'ed25519-sha256',
  privateKey: ed.privateKey,
};

const message = composeMessage({
  from: { name: '鸿雁', address: 'news@example.com' },
  to: { name: 'Li, Lei', address: '李雷à@example.org' },
  replyTo: 'answers@example.com',
  subject: '双十一大促：全场五折 '.repeat(10),
  date: now,
  messageId: '<m.aevaog7qgsby7hxubc4x4@example.com>',
  headers: campaignHeaders({
    listId: '7.lists.example.com',
    unsubscribeUrl: 'https://t.example.com/u/aeva',
    unsubscribeMailto: 'u.aeva@b.example.com',
    feedbackId: '42:7:campaign:hongyan',
  }),
  text: 'Hello  \t world \n\n\n\n',
  html: '<p>你好</p>',
  boundarySeed: '42:7',
});

/** RFC 8463 appendix A.3: the signature of another implementation. */
const RFC_8463_MESSAGE = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
  ' subject : date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
  ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
  'From: Joe SixPack <joe@football.example.com>',
  'To: Suzie Q <suzie@shopping.example.net>',
  'Subject: Is dinner ready?',
  'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
  'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
  '',
  'Hi.',
  '',
  'We lost the game.  Are you hungry yet?',
  '',
  'Joe.',
  '',
].join('\r\n');
const RFC_8463_KEY = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  format: 'jwk',
});

const canonicalBody = (body: string) => relaxedBody(Buffer.from(body, 'latin1')).toString('latin1');

describe('the verifier of this test', () => {
  it('accepts the signed example of RFC 8463 and no altered one', () => {
    expect(verifies(RFC_8463_MESSAGE, RFC_8463_KEY)).toBe(true);
    expect(verifies(RFC_8463_MESSAGE.replace('hungry', 'angry'), RFC_8463_KEY)).toBe(false);
    expect(verifies(RFC_8463_MESSAGE.replace('dinner', 'lunch'), RFC_8463_KEY)).toBe(false);
  });
});

describe('canonicalisation', () => {
  it('agrees with the example of RFC 6376 section 3.4.5', () => {
    expect(relaxedHeader('A: X')).toBe('a:X');
    expect(relaxedHeader('B : Y\t\r\n\tZ  ')).toBe('b:Y Z');
    expect(canonicalBody(' C \r\nD \t E\r\n\r\n\r\n')).toBe(' C\r\nD E\r\n');
  });

  it.each([
    ['', ''],
    ['\r\n\r\n', ''],
    [' \t\r\n', ''],
    ['a', 'a\r\n'],
    ['a \r\n \r\n', 'a\r\n'],
    ['a \t', 'a\r\n'],
    ['a\r\n\r\nb\r\n', 'a\r\n\r\nb\r\n'],
  ])('makes of the body %j %j', (body, canonical) => {
    expect(canonicalBody(body)).toBe(canonical);
  });

  it('finds whatever there is to change, wherever it lies in memory', () => {
    const piece = fc.constantFrom('a', 'bcd', ' ', ' ', '  ', '\t', '\r\n', '\r\n\r\n', '=20', '\xA0', '\xFF');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(7), (pieces, offset) => {
        const body = pieces.join('');
        const memory = Buffer.from('\t'.repeat(offset) + body, 'latin1');
        const wanted = body
          .replace(/[ \t]+(?=\r\n|$)/g, '')
          .replace(/[ \t]+/g, ' ')
          .replace(/(?:\r\n)+$/, '');
        expect(relaxedBody(memory.subarray(offset)).toString('latin1')).toBe(wanted === '' ? '' : `${wanted}\r\n`);
      }),
      { numRuns: 3_000 },
    );
  });

  it('keeps an octet A0 at the end of a UTF-8 header', () => {
    expect(relaxedHeader('To: \xC3\xA0 ')).toBe('to:\xC3\xA0');
  });

  it('takes a million blank lines in its stride', () => {
    expect(canonicalBody('\r\n'.repeat(1_000_000))).toBe('');
    expect(canonicalBody(`${' '.repeat(1_000_000)}x`)).toBe(' x\r\n');
  });
});

describe('signDkim', () => {
  it('makes RSA and Ed25519 signatures that verify side by side', () => {
    const signed = signDkim(message, [rsaKey, edKey], now).toString('latin1');
    expect(verifies(signed, rsa.publicKey, 0)).toBe(true);
    expect(verifies(signed, ed.publicKey, 1)).toBe(true);
    expect(verifies(signed, generateKeyPairSync('ed25519').publicKey, 1)).toBe(false);
    expect(signed.endsWith(message.toString('latin1'))).toBe(true);
    for (const line of signed.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  it('still verifies after a relay has refolded headers and added trailing blanks', () => {
    const signed = signDkim(message, [rsaKey], now).toString('latin1');
    const relayed = signed
      .replace('\r\nSubject: ', '\r\nsubject:\r\n\t')
      .replace(/\r\nHello/, '  \r\nHello')
      .concat('\r\n\r\n');
    expect(relayed).not.toBe(signed);
    expect(verifies(relayed, rsa.publicKey)).toBe(true);
  });

  it.each([
    ['another subject', (m: string) => m.replace('\r\nSubject: ', '\r\nSubject: x')],
    ['another body', (m: string) => m.replace('Hello', 'Hallo')],
    ['a second From above', (m: string) => m.replace('\r\nFrom: ', '\r\nFrom: evil@example.net\r\nFrom: ')],
    ['a second From below', (m: string) => m.replace('\r\nTo: ', '\r\nFrom: evil@example.net\r\nTo: ')],
    ['another way to unsubscribe', (m: string) => m.replace('https://t.example.com/u', 'https://t.example.net/u')],
    ['no one-click promise', (m: string) => m.replace(/List-Unsubscribe-Post: .*\r\n/, '')],
    ['another Feedback-ID', (m: string) => m.replace('42:7:campaign', '43:7:campaign')],
  ])('does not verify with %s', (_title, alter) => {
    const signed = signDkim(message, [rsaKey], now).toString('latin1');
    expect(alter(signed)).not.toBe(signed);
    expect(verifies(alter(signed), rsa.publicKey)).toBe(false);
  });

  it('names what it signed: the fields that are there, and From once more', () => {
    const text = signDkim(message, [edKey], now).toString('latin1');
    const unfolded = text.slice(0, text.indexOf('\r\n b=')).replace(/\r\n[ ]+/g, '');
    expect(unfolded).toContain(
      'h=from:to:subject:date:message-id:reply-to:mime-version:content-type:' +
        'list-unsubscribe:list-unsubscribe-post:list-id:feedback-id:from;',
    );
    expect(unfolded).toContain('t=1795325116;');
  });

  it('signs the same message at the same time alike', () => {
    expect(signDkim(message, [rsaKey, edKey], now).equals(signDkim(message, [rsaKey, edKey], now))).toBe(true);
    expect(signDkim(message, [], now)).toBe(message);
  });

  it.each<[string, Partial<DkimKey>]>([
    ['a domain with a line break', { domain: 'example.com\r\nX: y' }],
    ['a selector with a tag in it', { selector: 'a; l=0' }],
    ['a key of the other kind', { algorithm: 'ed25519-sha256' }],
    ['a public key', { privateKey: rsa.publicKey }],
  ])('refuses %s', (_title, wrong) => {
    expect(() => signDkim(message, [{ ...rsaKey, ...wrong }], now)).toThrow(
      expect.objectContaining({ code: 'DKIM_KEY_INVALID', property: 'keys.0' }),
    );
  });

  it('refuses a message without From', () => {
    expect(() => signDkim(Buffer.from('To: a@example.com\r\n\r\nx'), [rsaKey], now)).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID', property: 'from' }),
    );
  });
});
