import fc from 'fast-check';
import {
  createMessageId,
  createMessageTokens,
  createToken,
  readMessageId,
  readMessageToken,
  readToken,
  readTriggeredName,
  readUnsubscribeLocalPart,
  readVerp,
  unsubscribeLocalPart,
  verpLocalPart,
} from './index.js';
import type { KeyRing, RecipientRef, TokenPurpose } from './index.js';
import { decodeBase32, encodeBase32 } from './base32.js';
import { decodeRef, encodeRef } from './payload.js';

const key = (fill: number) => Buffer.alloc(32, fill);
const ring: KeyRing = { current: 1, keys: new Map([[1, key(1)]]) };
const purposes: TokenPurpose[] = ['track', 'unsubscribe', 'bounce', 'message-id', 'reply'];
const largest: RecipientRef = { campaignId: '9223372036854775807', seq: 2 ** 31 - 1 };

const anyRef = fc.record({
  campaignId: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String),
  seq: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 31 - 1 })),
});
const anyPurpose = fc.constantFrom(...purposes);

describe('createToken and readToken', () => {
  it('bring back every ref, in either case of letters', () => {
    fc.assert(
      fc.property(anyPurpose, anyRef, (purpose, ref) => {
        const token = createToken(purpose, ref, ring);
        expect(token).toMatch(/^[a-z2-7]{18,40}$/);
        expect(readToken(purpose, token, ring)).toEqual(ref);
        expect(readToken(purpose, token.toUpperCase(), ring)).toEqual(ref);
      }),
    );
  });

  it('stays short: 18 characters in a link of an early campaign, 40 at the very most', () => {
    expect(createToken('track', { campaignId: '7', seq: 99 }, ring)).toHaveLength(18);
    expect(createToken('bounce', largest, ring)).toHaveLength(40);
  });

  it('makes the same token from the same input for ever', () => {
    expect(createToken('bounce', { campaignId: '42', seq: 7 }, ring)).toBe('aevap54xtubxedaumeens');
  });

  it('rejects a token with any single bit changed', () => {
    fc.assert(
      fc.property(anyPurpose, anyRef, fc.nat(), (purpose, ref, place) => {
        const bytes = decodeBase32(createToken(purpose, ref, ring)) ?? Buffer.alloc(0);
        const bit = place % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(readToken(purpose, encodeBase32(bytes), ring)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('rejects a token with any single character changed, added or left out', () => {
    const token = createToken('track', { campaignId: '123456', seq: 789 }, ring);
    for (let at = 0; at < token.length; at++) {
      for (const other of 'abcdefghijklmnopqrstuvwxyz234567018=-. é') {
        if (other !== token[at]) {
          expect(readToken('track', token.slice(0, at) + other + token.slice(at + 1), ring)).toBeNull();
        }
      }
      expect(readToken('track', token.slice(0, at) + token.slice(at + 1), ring)).toBeNull();
      expect(readToken('track', token.slice(0, at) + 'a' + token.slice(at), ring)).toBeNull();
    }
  });

  it('keeps purposes apart', () => {
    fc.assert(
      fc.property(anyPurpose, anyPurpose, anyRef, (made, read, ref) => {
        expect(readToken(read, createToken(made, ref, ring), ring)).toEqual(made === read ? ref : null);
      }),
    );
  });

  it('reads tokens of an old key after rotation and signs with the new one', () => {
    const ref = { campaignId: '5', seq: 6 };
    const old = createToken('unsubscribe', ref, ring);
    const rotated: KeyRing = { current: 2, keys: new Map([...ring.keys, [2, key(2)]]) };
    expect(readToken('unsubscribe', old, rotated)).toEqual(ref);
    const young = createToken('unsubscribe', ref, rotated);
    expect(readToken('unsubscribe', young, rotated)).toEqual(ref);
    expect(readToken('unsubscribe', young, ring)).toBeNull();
  });

  it('rejects a key id that is unknown and a key that is another one', () => {
    const token = createToken('bounce', { campaignId: '5', seq: 6 }, ring);
    expect(readToken('bounce', token, { current: 3, keys: new Map([[3, key(1)]]) })).toBeNull();
    expect(readToken('bounce', token, { current: 1, keys: new Map([[1, key(9)]]) })).toBeNull();
  });

  it('answers null to anything else, however long', () => {
    for (const text of ['', 'a', 'a'.repeat(39), 'a'.repeat(10_000_000), '\0', '../../etc']) {
      expect(readToken('track', text, ring)).toBeNull();
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readToken('track', text, ring) === null));
  });

  it.each([
    [{ campaignId: '0', seq: 1 }],
    [{ campaignId: '-1', seq: 1 }],
    [{ campaignId: '01', seq: 1 }],
    [{ campaignId: '', seq: 1 }],
    [{ campaignId: '9223372036854775808', seq: 1 }],
    [{ campaignId: '1', seq: -1 }],
    [{ campaignId: '1', seq: 1.5 }],
    [{ campaignId: '1', seq: 2 ** 31 }],
  ])('refuses to sign %j', (ref) => {
    expect(() => createToken('track', ref, ring)).toThrow(RangeError);
  });

  it('refuses to sign with a missing, short or unnameable key', () => {
    const ref = { campaignId: '1', seq: 1 };
    expect(() => createToken('track', ref, { current: 2, keys: ring.keys })).toThrow(RangeError);
    expect(() => createToken('track', ref, { current: 1, keys: new Map([[1, Buffer.alloc(15)]]) })).toThrow(RangeError);
    expect(() => createToken('track', ref, { current: 256, keys: new Map([[256, key(1)]]) })).toThrow(RangeError);
  });
});

describe('mail names', () => {
  const ref = { campaignId: '123456789', seq: 0 };

  it('fit a local part even for the largest ids', () => {
    expect(verpLocalPart(largest, ring)).toMatch(/^b\.[a-z2-7]+$/);
    expect(verpLocalPart(largest, ring).length).toBeLessThanOrEqual(64);
    expect(unsubscribeLocalPart(largest, ring).length).toBeLessThanOrEqual(64);
  });

  it('are read from a local part, an address and a bracketed address in either case', () => {
    const local = verpLocalPart(ref, ring);
    for (const text of [local, `${local}@b.example.com`, `<${local.toUpperCase()}@B.EXAMPLE.COM>`, ` ${local} `]) {
      expect(readVerp(text, ring)).toEqual(ref);
    }
    expect(readUnsubscribeLocalPart(`${unsubscribeLocalPart(ref, ring)}@example.com`, ring)).toEqual(ref);
  });

  it('can not stand in for each other', () => {
    const verp = verpLocalPart(ref, ring);
    expect(readUnsubscribeLocalPart(verp, ring)).toBeNull();
    expect(readUnsubscribeLocalPart(verp.replace('b.', 'u.'), ring)).toBeNull();
    expect(readMessageId(verp.replace('b.', 'm.'), ring)).toBeNull();
    expect(readVerp(verp.slice(2), ring)).toBeNull();
  });

  it('give a message the same Message-ID every time and read it back from any domain', () => {
    const id = createMessageId(ref, ring, 'News.Example.com');
    expect(id).toMatch(/^<m\.[a-z2-7]+@news\.example\.com>$/);
    expect(createMessageId(ref, ring, 'news.example.com')).toBe(id);
    expect(readMessageId(id, ring)).toEqual(ref);
    expect(readMessageId(id.replace('news.example.com', 'elsewhere.example'), ring)).toEqual(ref);
    expect(readMessageId(id.slice(1, -1), ring)).toEqual(ref);
    expect(readMessageId('<20260101.abc@example.com>', ring)).toBeNull();
  });

  it.each([['exa mple.com'], ['例子.中国'], ['a>\r\nBcc: x@y.z'], [''], ['a..b']])('refuse the domain %j', (domain) => {
    expect(() => createMessageId(ref, ring, domain)).toThrow(RangeError);
  });
});

describe('base32 and payload', () => {
  it('agree with the test vectors of RFC 4648 section 10', () => {
    const vectors: Array<[string, string]> = [
      ['', ''],
      ['f', 'my'],
      ['fo', 'mzxq'],
      ['foo', 'mzxw6'],
      ['foob', 'mzxw6yq'],
      ['fooba', 'mzxw6ytb'],
      ['foobar', 'mzxw6ytboi'],
    ];
    for (const [plain, coded] of vectors) {
      expect(encodeBase32(Buffer.from(plain))).toBe(coded);
      expect(decodeBase32(coded)?.toString()).toBe(plain);
    }
  });

  it('refuse texts and bytes that they would not write', () => {
    expect(decodeBase32('mz')).toBeNull();
    expect(decodeBase32('m')).toBeNull();
    expect(decodeRef(Buffer.from([1]))).toBeNull();
    expect(decodeRef(Buffer.from([0, 1]))).toBeNull();
    expect(decodeRef(Buffer.from([1, 1, 1]))).toBeNull();
    expect(decodeRef(Buffer.from([1, 0x81]))).toBeNull();
    expect(decodeRef(encodeRef(largest))).toEqual(largest);
  });
});

describe('tokens of triggered messages', () => {
  const anyMessage = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);

  it('bring back every message, and are read as nobody of any campaign', () => {
    fc.assert(
      fc.property(anyPurpose, anyMessage, (purpose, id) => {
        const token = createMessageTokens(id, ring)(purpose);
        expect(token).toMatch(/^[a-z2-7]{18,40}$/);
        expect(readMessageToken(purpose, token.toUpperCase(), ring)).toBe(id);
        expect(readToken(purpose, token, ring)).toBeNull();
      }),
    );
  });

  it('are not those of any recipient, nor of another purpose or installation', () => {
    fc.assert(
      fc.property(anyPurpose, anyPurpose, anyRef, anyMessage, (purpose, other, ref, id) => {
        expect(readMessageToken(purpose, createToken(purpose, ref, ring), ring)).toBeNull();
        const token = createMessageTokens(id, ring)(purpose);
        if (other !== purpose) expect(readMessageToken(other, token, ring)).toBeNull();
        expect(readMessageToken(purpose, token, { current: 1, keys: new Map([[1, key(2)]]) })).toBeNull();
      }),
    );
  });

  it('stand in the names of mail', () => {
    const token = createMessageTokens('42', ring);
    expect(readTriggeredName('bounce', `<b.${token('bounce')}@in.example>`, ring)).toBe('42');
    expect(readTriggeredName('message-id', `<m.${token('message-id')}@brand.example>`, ring)).toBe('42');
    expect(readTriggeredName('message-id', `<m.${token('bounce')}@brand.example>`, ring)).toBeNull();
    expect(readTriggeredName('bounce', 'b.', ring)).toBeNull();
  });

  it.each(['0', '-1', '01', '1.5', '9223372036854775808', ''])('are not made for %j', (id) => {
    expect(() => createMessageTokens(id, ring)).toThrow(RangeError);
  });
});
