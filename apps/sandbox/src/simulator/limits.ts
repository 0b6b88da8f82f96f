import { MessageBucket } from '#engine/simulated-providers';
import type { Provider, ProviderKey, ProviderLimits, RefusalReason } from '#engine/simulated-providers';
import type { Clock } from '../clock.js';

const ACTIVE_MS = 10_000;

interface Counters {
  /** Sessions that named a recipient of the provider: how many, and when last. */
  sessions: Map<string, { messages: number; last: number }>;
  connections: MessageBucket;
  messages: MessageBucket;
}

/** Counts what each simulated provider gets and says when it has had enough. */
export class ProviderLimiter {
  private readonly counters = new Map<ProviderKey, Counters>();

  /**
   * @param scale factor on all limits
   * @param overrides limits of single providers, not scaled
   */
  constructor(
    private readonly clock: Clock,
    private readonly scale: number,
    private readonly overrides: Partial<Record<ProviderKey, Partial<ProviderLimits>>>,
  ) {}

  /** Counts one recipient of a session; the reason where a limit is exceeded (then it is not counted). */
  judge(session: string, provider: Provider): RefusalReason | undefined {
    const limits = this.limitsOf(provider);
    const counters = this.countersOf(provider.key);
    const now = this.clock.now();
    let known = counters.sessions.get(session);
    if (!known) {
      if (active(counters, now) >= limits.connections) return 'connections';
      if (!counters.connections.take(now, limits.connectionsPerMinute)) return 'connectionsPerMinute';
      counters.sessions.set(session, (known = { messages: 0, last: now }));
    }
    known.last = now;
    if (known.messages >= limits.messagesPerConnection) return 'messagesPerConnection';
    if (!counters.messages.take(now, limits.messagesPerMinute)) return 'messagesPerMinute';
    known.messages++;
    return undefined;
  }

  /** Forgets a session that ended. */
  gone(session: string): void {
    for (const { sessions } of this.counters.values()) sessions.delete(session);
  }

  private limitsOf(provider: Provider): ProviderLimits {
    const { connections, connectionsPerMinute, messagesPerConnection, messagesPerMinute } = provider.limits;
    const scaled = {
      connections: connections * this.scale,
      connectionsPerMinute: connectionsPerMinute * this.scale,
      messagesPerConnection: messagesPerConnection * this.scale,
      messagesPerMinute: messagesPerMinute * this.scale,
    };
    return { ...scaled, ...this.overrides[provider.key] };
  }

  private countersOf(key: ProviderKey): Counters {
    let counters = this.counters.get(key);
    if (!counters) {
      counters = { sessions: new Map(), connections: new MessageBucket(), messages: new MessageBucket() };
      this.counters.set(key, counters);
    }
    return counters;
  }
}

/** A pooled session is everybody's; it counts at a provider only while it is used for that provider. */
function active({ sessions }: Counters, now: number): number {
  let count = 0;
  for (const { last } of sessions.values()) if (now - last < ACTIVE_MS) count++;
  return count;
}
