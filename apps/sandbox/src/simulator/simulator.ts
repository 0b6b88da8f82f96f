import { fillText, greylistText } from '#engine/simulated-providers';
import type { LogHeader } from '../log-record.js';
import type { MessageLog } from '../message-log.js';
import type { ResolvedOptions } from '../options.js';
import type { Recipients, Refusal } from '../smtp-front.js';
import type { Plan } from './addresses.js';
import { planFor } from './addresses.js';
import type { Reaction } from './behaviours.js';
import { REACTION_DELAY } from './behaviours.js';
import { ProviderLimiter } from './limits.js';
import { performer } from './reactions.js';
import type { ReactorStats } from './reactor.js';
import { Reactor } from './reactor.js';

const MAX_GREYLISTED = 20_000;

/** The simulated world behind the sandbox: answers RCPT TO and lets recipients react. */
export class Simulator implements Recipients {
  private readonly limiter: ProviderLimiter;
  private readonly reactor: Reactor;
  /** Sender and recipient pairs that were turned away once. */
  private readonly greylisted = new Set<string>();

  constructor(
    private readonly options: ResolvedOptions,
    log: MessageLog,
  ) {
    this.limiter = new ProviderLimiter(options.clock, options.limitScale, options.limits);
    this.reactor = new Reactor(options.clock, options.logger, performer(options, log));
  }

  judge(session: string, from: string, to: string): Refusal | undefined {
    const plan = this.planFor(to);
    if (!plan) return undefined;
    const { texts } = plan.provider;
    if (plan.refuse === 'greylist') {
      if (this.seenBefore(from, to)) return undefined;
      return { ...fillText(greylistText, to), because: 'greylist' };
    }
    if (plan.refuse) return { ...fillText(texts[plan.refuse], to), because: plan.label };
    const exceeded = this.limiter.judge(session, plan.provider);
    return exceeded && { ...fillText(texts[exceeded], to), because: `limit:${exceeded}` };
  }

  describe(to: string): string {
    return this.planFor(to)?.label ?? 'none';
  }

  async taken(record: LogHeader): Promise<void> {
    let hold = 0;
    for (const recipient of new Set(record.to)) {
      const plan = this.planFor(recipient);
      if (!plan) continue;
      hold = Math.max(hold, plan.holdReply);
      for (const reaction of plan.reactions) {
        this.reactor.add({ messageId: Number(record.id), recipient, reaction }, this.delay(reaction, plan));
      }
    }
    const { clock, timeScale } = this.options;
    if (hold > 0) await new Promise<void>((resolve) => clock.after(hold * timeScale, resolve));
  }

  gone(session: string): void {
    this.limiter.gone(session);
  }

  pause(): void {
    this.reactor.pause();
  }

  resume(): void {
    this.reactor.resume();
  }

  stats(): ReactorStats {
    return this.reactor.stats();
  }

  close(): Promise<void> {
    return this.reactor.close();
  }

  private planFor(address: string): Plan | undefined {
    return this.options.simulate ? planFor(address, this.options.seed) : undefined;
  }

  private delay(reaction: Reaction, { variant }: Plan): number {
    const [earliest, latest] = REACTION_DELAY[reaction];
    return (earliest + variant * (latest - earliest)) * this.options.timeScale;
  }

  private seenBefore(from: string, to: string): boolean {
    const pair = `${from}\n${to.toLowerCase()}`;
    if (this.greylisted.has(pair)) return true;
    if (this.greylisted.size >= MAX_GREYLISTED) this.greylisted.delete(this.greylisted.values().next().value!);
    this.greylisted.add(pair);
    return false;
  }
}
