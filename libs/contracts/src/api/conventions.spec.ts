import { z } from 'zod';
import { TimeZone, patchOf } from './conventions.js';

describe('patchOf', () => {
  it('leaves absent fields absent, whatever their default', () => {
    const body = z.object({ a: z.number().default(3), b: z.string(), c: z.string().nullable().default(null) });
    expect(patchOf(body).parse({ version: 1, c: null })).toEqual({ version: 1, c: null });
    expect(patchOf(body).safeParse({ a: 'x', version: 1 }).success).toBe(false);
    expect(patchOf(body).safeParse({ a: 1 }).success).toBe(false);
  });
});

describe('TimeZone', () => {
  it('takes IANA names and refuses others', () => {
    expect(TimeZone.safeParse('Asia/Shanghai').success).toBe(true);
    expect(TimeZone.safeParse('Mars/Olympus').success).toBe(false);
  });
});
