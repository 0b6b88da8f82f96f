import type { Clock } from '../clock.js';
import type { Task, TaskResult } from './reactor.js';
import { Reactor } from './reactor.js';

/** A clock that stands still until the test moves it; timers fire in order of time. */
class ManualClock implements Clock {
  private time = 0;
  private timers: { at: number; run: () => void }[] = [];

  now = (): number => this.time;

  after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((other) => other !== timer));
  };

  async advance(ms: number): Promise<void> {
    const until = this.time + ms;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = next.at;
      next.run();
    }
    this.time = until;
  }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const task = (messageId: number, reaction: Task['reaction'] = 'open'): Task => ({
  messageId,
  recipient: 'a@b.test',
  reaction,
});

function reactorWith(answer: (task: Task, signal: AbortSignal) => TaskResult | Promise<TaskResult>) {
  const clock = new ManualClock();
  const ran: { id: number; time: number; at: number }[] = [];
  const reactor = new Reactor(clock, silent, async (given, at, signal) => {
    ran.push({ id: given.messageId, time: clock.now(), at });
    return answer(given, signal);
  });
  return { clock, ran, reactor };
}

describe('Reactor', () => {
  it('runs tasks at their times, not in the order they were added', async () => {
    const { clock, ran, reactor } = reactorWith(() => 'done');
    [50, 10, 30, 20, 40].forEach((delay, index) => reactor.add(task(index), delay));
    await clock.advance(35);
    expect(ran.map(({ id, time }) => [id, time])).toEqual([
      [1, 10],
      [3, 20],
      [2, 30],
    ]);
    await clock.advance(100);
    expect(ran.slice(3).map(({ id }) => id)).toEqual([4, 0]);
    expect(reactor.stats()).toMatchObject({ waiting: 0, running: 0, finished: { open: { done: 5 } } });
  });

  it('tries again with growing waits until it works, telling the same time to each attempt', async () => {
    let failures = 3;
    const { clock, ran, reactor } = reactorWith(() => (failures-- > 0 ? 'retry' : 'done'));
    reactor.add(task(1), 0);
    await clock.advance(60_000);
    expect(ran.map(({ time }) => time)).toEqual([0, 500, 1500, 3500]);
    expect(new Set(ran.map(({ at }) => at))).toEqual(new Set([0]));
    expect(reactor.stats()).toMatchObject({ retried: 3, finished: { open: { done: 1 } } });
  });

  it('gives up in the end', async () => {
    const { clock, ran, reactor } = reactorWith(() => 'retry');
    reactor.add(task(1), 0);
    await clock.advance(3_600_000);
    expect(ran).toHaveLength(30);
    expect(reactor.stats().finished).toEqual({ open: { failed: 1 } });
  });

  it('spreads mails to at most a hundred a second', async () => {
    const { clock, ran, reactor } = reactorWith(() => 'done');
    for (let n = 0; n < 150; n++) reactor.add(task(n, 'reply'), 0);
    await clock.advance(999);
    expect(ran).toHaveLength(100);
    await clock.advance(1000);
    expect(ran).toHaveLength(150);
  });

  it('holds everything while paused', async () => {
    const { clock, ran, reactor } = reactorWith(() => 'done');
    reactor.add(task(1), 10);
    reactor.pause();
    await clock.advance(1000);
    expect(ran).toEqual([]);
    expect(reactor.stats()).toMatchObject({ paused: true, waiting: 1 });
    reactor.resume();
    await clock.advance(0);
    expect(ran).toHaveLength(1);
  });

  it('aborts what runs when it closes', async () => {
    const { clock, reactor } = reactorWith(
      (_task, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('retry'))),
    );
    reactor.add(task(1), 0);
    await clock.advance(0);
    expect(reactor.stats().running).toBe(1);
    await reactor.close();
    expect(reactor.stats()).toMatchObject({ running: 0, waiting: 0 });
  });
});
