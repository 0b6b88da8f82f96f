import { createLogger } from '#platform/logging';
import type { Visit } from '#domain/feedback';
import { VisitBuffer } from './visit-buffer.js';

const log = createLogger('spec', 'silent');
const visit = (seq: number): Visit => ({
  type: 'opened',
  recipient: { campaignId: '1', seq },
  at: new Date(),
  visitor: { human: true, machineRule: null, userAgent: 'spec' },
});
const seqs = (visits: readonly Visit[]) => visits.map(({ recipient }) => recipient.seq);
const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('VisitBuffer', () => {
  it('answers when the visit is committed, and writes visits of the same moment together', async () => {
    const batches: number[][] = [];
    const buffer = new VisitBuffer(async (visits) => void batches.push(seqs(visits)), log);
    await Promise.all(range(3).map((seq) => buffer.add(visit(seq))));
    expect(batches).toEqual([[1, 2, 3]]);
    expect([buffer.size, buffer.written]).toEqual([0, 3]);
  });

  it('writes one batch at a time, of 500 at most, each visit once and in order', async () => {
    const batches: number[][] = [];
    let writing = 0;
    const buffer = new VisitBuffer(async (visits) => {
      expect((writing += 1)).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      batches.push(seqs(visits));
      writing -= 1;
    }, log);
    const early = range(1_200).map((seq) => buffer.add(visit(seq)));
    await early[0];
    const late = [buffer.add(visit(1_201))];
    await Promise.all([...early, ...late]);
    expect(batches.flat()).toEqual(range(1_201));
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(500);
  });

  it('answers after a second while the database is away, and writes when it is back', async () => {
    let away = true;
    const written: number[] = [];
    const buffer = new VisitBuffer(async (visits) => {
      if (away) throw Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
      written.push(...seqs(visits));
    }, log);
    const began = performance.now();
    await Promise.all([buffer.add(visit(1)), buffer.add(visit(2))]);
    expect(performance.now() - began).toBeGreaterThan(900);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect([written, buffer.size]).toEqual([[], 2]);
    const third = buffer.add(visit(3));
    away = false;
    await buffer.close(5_000);
    await third;
    expect(written).toEqual([1, 2, 3]);
  });

  it('finds the one visit that can not be stored and writes all others', async () => {
    const written: number[] = [];
    const buffer = new VisitBuffer(async (visits) => {
      if (seqs(visits).includes(37)) throw Object.assign(new Error('invalid byte sequence'), { code: '22021' });
      written.push(...seqs(visits));
    }, log);
    await Promise.all(range(100).map((seq) => buffer.add(visit(seq))));
    expect(written.sort((a, b) => a - b)).toEqual(range(100).filter((seq) => seq !== 37));
    expect([buffer.size, buffer.written, buffer.dropped]).toEqual([0, 99, 1]);
  });

  it('keeps 100,000 visits at most', async () => {
    let resume: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (resume = resolve));
    const buffer = new VisitBuffer(() => held, log);
    const first = buffer.add(visit(1));
    for (const seq of range(100_005)) void buffer.add(visit(seq));
    expect([buffer.size, buffer.dropped]).toEqual([100_000, 6]);
    resume();
    await first;
    await buffer.close(5_000);
    expect(buffer.size).toBe(0);
  });
});
