import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedState } from '#platform/shared-state';

/** Every sender says so often that it is there. */
const BEAT_MS = 1_000;
/** Who has not been heard of for so long is gone, and its connections with it. */
const GONE_MS = 15_000;
/** By then the others have heard of who joins, and have given up its part of the connections. */
const JOIN_MS = 3 * BEAT_MS;
/** A number that falls is believed once it came so often: a store that lost everything hears of all within a beat. */
const BELIEVED = 3;
/** A store that does not answer holds up neither the start nor the end of a sender. */
const ANSWER_MS = 2_000;
const KEY = 'senders';

/** How many senders share the connections of the accounts. */
export interface Senders {
  readonly count: number;
  /** Called when the number has changed. */
  onChange(listener: () => void): void;
}

/** Who is not a sender and opens nothing from the share: so small a part of limits that nobody need count it. */
export const GUEST: Senders = { count: 50, onChange: () => undefined };

/** The senders that run, whether or not they have work, as they tell each other. */
export class SendersAtWork implements Senders {
  private counts = [1];
  private readonly listeners: (() => void)[] = [];
  private beating: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param owner stable across restarts, so that a sender that comes back is not counted twice */
  constructor(
    private readonly shared: SharedState,
    private readonly owner: string,
  ) {}

  get count(): number {
    return Math.max(...this.counts);
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Joins the others; to be awaited before the first connection is opened. */
  async join(): Promise<void> {
    const wasThere = await within(this.say(), true);
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
    if (!wasThere && this.count > 1) await sleep(JOIN_MS);
  }

  /** The connections are closed: the others may have them. */
  async leave(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    const gone = this.shared.update<Seen, null>(KEY, (state) => {
      const { [this.owner]: _, ...others } = state ?? {};
      return { state: others, result: null };
    });
    await within(gone, null);
  }

  /** One at a time; while the store is away the number stays what it was. */
  private beat(): Promise<void> {
    return (this.beating ??= this.say()
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => (this.beating = undefined)));
  }

  /** @returns whether this sender was known already */
  private async say(): Promise<boolean> {
    const { count, wasThere } = await this.shared.update<Seen, { count: number; wasThere: boolean }>(
      KEY,
      (state, nowMs) => {
        const there = Object.entries(state ?? {}).filter(([, at]) => nowMs - at < GONE_MS);
        const wasThere = there.some(([owner]) => owner === this.owner);
        const seen = { ...Object.fromEntries(there), [this.owner]: nowMs };
        return { state: seen, result: { count: Object.keys(seen).length, wasThere } };
      },
    );
    const before = this.count;
    this.counts = [...this.counts, count].slice(-BELIEVED);
    if (this.count !== before) for (const listener of this.listeners) listener();
    return wasThere;
  }
}

/** When each sender was last heard of, in epoch milliseconds of the store. */
type Seen = Record<string, number>;

async function within<T>(work: Promise<T>, otherwise: T): Promise<T> {
  const late = sleep(ANSWER_MS, otherwise, { ref: false });
  return Promise.race([work.catch(() => otherwise), late]);
}
