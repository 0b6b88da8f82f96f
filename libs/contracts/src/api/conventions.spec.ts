import { z } from 'zod';
import { TimeZone, applyPatch, patchOf, secret } from './conventions.js';

describe('patchOf', () => {
  it('leaves absent fields absent, whatever their default', () => {
    const body = z.object({ a: z.number().default(3), b: z.string(), c: z.string().nullable().default(null) });
    expect(patchOf(body).parse({ version: 1, c: null })).toEqual({ version: 1, c: null });
    expect(patchOf(body).safeParse({ a: 'x', version: 1 }).success).toBe(false);
    expect(patchOf(body).safeParse({ a: 1 }).success).toBe(false);
  });
});

describe('a PATCH of inner objects', () => {
  const body = z.object({
    audience: z
      .object({ lists: z.array(z.string()).default([]), excludeLists: z.array(z.string()).default([]) })
      .default({ lists: [], excludeLists: [] }),
    limits: z.object({ perSecond: z.number().optional(), perDay: z.number().optional() }).default({}),
    from: z.object({ name: z.string(), address: z.string() }),
  });
  const current = {
    audience: { lists: ['1'], excludeLists: ['2'] },
    limits: { perDay: 9 },
    from: { name: 'a', address: 'b' },
  };
  const patched = (changes: object) => {
    const { version: _, ...parsed } = patchOf(body).parse({ version: 1, ...changes });
    return applyPatch(body, current, parsed);
  };

  it('leaves what is left out as it is', () => {
    expect(patchOf(body).parse({ version: 1, audience: { excludeLists: ['3'] } })).toEqual({
      version: 1,
      audience: { excludeLists: ['3'] },
    });
    expect(patched({ audience: { excludeLists: ['3'] } })).toEqual({
      ...current,
      audience: { lists: ['1'], excludeLists: ['3'] },
    });
    expect(patched({ audience: { lists: [] } }).audience).toEqual({ lists: [], excludeLists: ['2'] });
    expect(patched({})).toEqual(current);
  });

  it('takes an absent field without a default as none, and asks for required ones', () => {
    expect(patched({ limits: { perSecond: 2 } }).limits).toEqual({ perSecond: 2 });
    expect(patchOf(body).safeParse({ version: 1, from: { name: 'x' } }).success).toBe(false);
  });
});

describe('TimeZone', () => {
  it('takes IANA names and refuses others', () => {
    expect(TimeZone.safeParse('Asia/Shanghai').success).toBe(true);
    expect(TimeZone.safeParse('Mars/Olympus').success).toBe(false);
  });
});

describe('secret', () => {
  it('takes it as it is, but nothing that could end a line of a protocol', () => {
    expect(secret(20).parse(' 授权码 a"b\\ ')).toBe(' 授权码 a"b\\ ');
    for (const text of ['user\r\nQUIT', 'pasted\n', 'a\0b', '\x7f']) {
      expect(secret(20).safeParse(text).error?.issues[0]?.message).toMatch('line breaks');
    }
    expect(secret(20, 1).safeParse('').success).toBe(false);
  });
});
