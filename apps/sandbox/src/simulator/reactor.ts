import type { Clock } from '../clock.js';
import type { SandboxLogger } from '../options.js';
import type { Reaction } from './behaviours.js';
import { isMail } from './behaviours.js';
import { DueQueue } from './due-queue.js';

/** One reaction of one recipient to one message. Names the message only, so waiting ones take little memory. */
export interface Task {
  messageId: number;
  recipient: string;
  reaction: Reaction;
}

/** What became of one attempt at a task. */
export type TaskResult = 'done' | 'refused' | 'nothing' | 'retry';

interface Waiting extends Task {
  due: number;
  attempt: number;
  /** When the reaction was meant to happen; the same at every attempt. */
  at: number;
  hasMailSlot: boolean;
}

export interface ReactorStats {
  paused: boolean;
  waiting: number;
  running: number;
  retried: number;
  /** Reactions that were not queued because too many were waiting. */
  overflow: number;
  /** Finished reactions by kind and result. `failed` gave up after its last attempt. */
  finished: Partial<Record<Reaction, Partial<Record<TaskResult | 'failed', number>>>>;
}

const MAX_WAITING = 200_000;
const MAX_RUNNING = 24;
const MAX_ATTEMPTS = 30;
const MAIL_GAP_MS = 10;
const ATTEMPT_MS = 30_000;

/** Runs tasks when they are due: mails at most 100 a second, failed ones again with growing waits up to a minute. */
export class Reactor {
  private readonly queue = new DueQueue<Waiting>();
  private readonly attempts = new Set<AbortController>();
  private readonly counts = { retried: 0, overflow: 0, finished: {} as ReactorStats['finished'] };
  private paused = false;
  private closed = false;
  private nextMailAt = 0;
  private cancelTimer: (() => void) | undefined;
  private idle: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly logger: SandboxLogger,
    private readonly perform: (task: Task, at: number, signal: AbortSignal) => Promise<TaskResult>,
  ) {}

  /** Queues a task that happens `delay` milliseconds from now. */
  add(task: Task, delay: number): void {
    if (this.closed) return;
    if (this.queue.size >= MAX_WAITING) {
      this.counts.overflow++;
      return;
    }
    const at = this.clock.now() + delay;
    this.queue.push({ ...task, due: at, at, attempt: 0, hasMailSlot: false });
    this.pump();
  }

  /** Holds all that is waiting; running attempts end. */
  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.pump();
  }

  stats(): ReactorStats {
    return { paused: this.paused, waiting: this.queue.size, running: this.attempts.size, ...this.counts };
  }

  /** Forgets what is waiting, aborts what is running and waits for it to end. */
  async close(): Promise<void> {
    this.closed = true;
    this.cancelTimer?.();
    if (this.attempts.size === 0) return;
    const ended = new Promise<void>((resolve) => (this.idle = resolve));
    for (const attempt of this.attempts) attempt.abort();
    await ended;
  }

  private pump(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    while (!this.paused && !this.closed && this.attempts.size < MAX_RUNNING) {
      const next = this.queue.peek();
      if (!next) return;
      const wait = next.due - this.clock.now();
      if (wait > 0) {
        this.cancelTimer = this.clock.after(wait, () => this.pump());
        return;
      }
      this.queue.pop();
      if (isMail(next.reaction) && !next.hasMailSlot) this.giveMailSlot(next);
      else void this.run(next);
    }
  }

  /** Sends a burst of mails to the back of the queue, each to a time of its own. */
  private giveMailSlot(task: Waiting): void {
    const slot = Math.max(this.clock.now(), this.nextMailAt);
    this.nextMailAt = slot + MAIL_GAP_MS;
    this.queue.push({ ...task, due: slot, hasMailSlot: true });
  }

  private async run(task: Waiting): Promise<void> {
    const attempt = new AbortController();
    this.attempts.add(attempt);
    const timer = setTimeout(() => attempt.abort(), ATTEMPT_MS);
    try {
      this.finish(task, await this.perform(task, task.at, attempt.signal));
    } catch (error) {
      this.logger.error({ err: error, reaction: task.reaction, id: task.messageId }, 'simulated reaction failed');
      this.finish(task, 'nothing');
    } finally {
      clearTimeout(timer);
      this.attempts.delete(attempt);
      if (this.closed && this.attempts.size === 0) this.idle();
      else this.pump();
    }
  }

  private finish(task: Waiting, result: TaskResult): void {
    const attempt = task.attempt + 1;
    if (result === 'retry' && attempt < MAX_ATTEMPTS) {
      if (this.closed) return;
      this.counts.retried++;
      const wait = Math.min(60_000, 250 * 2 ** attempt);
      this.queue.push({ ...task, attempt, due: this.clock.now() + wait, hasMailSlot: false });
      return;
    }
    const byResult = (this.counts.finished[task.reaction] ??= {});
    const name = result === 'retry' ? 'failed' : result;
    byResult[name] = (byResult[name] ?? 0) + 1;
  }
}
