import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { decodeCursor, encodeCursor, isUniqueViolation } from './index.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe('Database', () => {
  it('rolls everything back when the work throws', async () => {
    const work = test.db.transaction(async (tx) => {
      await tx.run("INSERT INTO workspaces (name, locale, timezone) VALUES ('a', 'en', 'UTC')");
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    expect(await test.db.first('SELECT count(*)::int AS n FROM workspaces')).toEqual({ n: 0 });
  });

  it('streams text into COPY, and rolls back when the source fails', async () => {
    await test.db.run('CREATE TABLE sink (a int, b text)');
    await test.db.transaction((tx) => tx.copyInto('COPY sink FROM STDIN', lines(['1\tone\n', '2\t鸿雁\n'])));
    expect(await test.db.rows('SELECT a, b FROM sink ORDER BY a')).toEqual([
      { a: 1, b: 'one' },
      { a: 2, b: '鸿雁' },
    ]);
    async function* broken() {
      yield '3\tthree\n';
      throw new Error('file lost');
    }
    await expect(test.db.transaction((tx) => tx.copyInto('COPY sink FROM STDIN', broken()))).rejects.toThrow(
      'file lost',
    );
    expect(await test.db.first('SELECT count(*)::int AS n FROM sink')).toEqual({ n: 2 });
  });

  it('sends arrays whole, whatever stands in them', async () => {
    const texts = ['', 'NULL', 'null', 'a"b', 'c\\d\\"', '{1,2}', ' e, f ', '鸿雁\n', null];
    expect(await test.db.first('SELECT $1::text[] AS texts', [texts])).toEqual({ texts });
    const numbers = [1.5, -2, 1e21, null, NaN];
    expect(await test.db.first('SELECT $1::float8[] AS numbers', [numbers])).toEqual({ numbers });
    const at = new Date('2026-03-02T08:00:00.123Z');
    const times = [[at, null], [at, new Date('1969-07-20T20:17:40Z')], [at]];
    expect(
      await test.db.first('SELECT $1::timestamptz[] AS a, $2::timestamptz[] AS b, $3::timestamptz[] AS c', times),
    ).toEqual({ a: times[0], b: times[1], c: times[2] });
    const mixed = [[true, false], [], [['a', 'b']]];
    expect(await test.db.first('SELECT $1::boolean[] AS b, $2::text[] AS c, $3::text[] AS d', mixed)).toEqual({
      ...{ b: mixed[0], c: [], d: [['a', 'b']] },
    });
  });

  it('reads bytes as they are, and no row where there is none', async () => {
    const large = Buffer.alloc(300_000, 'a\0\xff\n\\', 'latin1');
    await test.db.run('CREATE TABLE bytes (id bigint, raw bytea)');
    await test.db.run('INSERT INTO bytes VALUES (1, $1), (2, NULL), (3, $2)', [large, Buffer.alloc(0)]);
    await test.db.transaction(async (tx) => {
      const rows = await tx.binaryRows('SELECT raw, id FROM bytes ORDER BY id');
      expect(rows.map(([raw, id]) => [raw?.equals(large), raw?.length, id?.readBigInt64BE()])).toEqual([
        [true, large.length, 1n],
        [undefined, undefined, 2n],
        [false, 0, 3n],
      ]);
      expect(await tx.binaryRows('SELECT 1 WHERE false')).toEqual([]);
      expect(await tx.first('SELECT 1 AS one')).toEqual({ one: 1 });
    });
    await expect(test.db.transaction((tx) => tx.binaryRows('SELECT 1 / 0'))).rejects.toThrow('division by zero');
    expect(await test.db.first('SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('fails the transaction whose connection Postgres ends between two statements, and goes on with another', async () => {
    const work = test.db.transaction(async (tx) => {
      const own = await tx.first<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await test.db.run('SELECT pg_terminate_backend($1, 5000)', [own?.pid]);
      // A round trip later the end has been read from the socket, while no statement waits for it.
      await test.db.run('SELECT 1');
      await tx.run('SELECT 1');
    });
    await expect(work).rejects.toThrow();
    expect(await test.db.first('SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('tells a unique violation by its constraint', async () => {
    await test.db.run('CREATE TABLE once (a int CONSTRAINT once_a UNIQUE)');
    await test.db.run('INSERT INTO once VALUES (1)');
    const error = await test.db.run('INSERT INTO once VALUES (1)').catch((e: unknown) => e);
    expect(isUniqueViolation(error, 'once_a')).toBe(true);
    expect(isUniqueViolation(error, 'other')).toBe(false);
  });

  async function* lines(all: string[]) {
    yield* all;
  }
});

describe('cursors', () => {
  it('come back as they went out, and refuse what they did not make', () => {
    expect(decodeCursor(encodeCursor(['2026', 7]), 2)).toEqual(['2026', 7]);
    expect(decodeCursor(undefined, 2)).toBeNull();
    for (const bad of ['', 'zzz', encodeCursor([1]), Buffer.from('{}').toString('base64url')]) {
      expect(() => decodeCursor(bad, 2)).toThrow('cursor');
    }
  });
});
