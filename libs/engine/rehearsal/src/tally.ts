import type { Reception } from './receiver.js';

const MINUTE = 60_000;
const BUCKETS = 60;

/** What happened at one provider, or altogether. */
export interface TallyCounts {
  accepted: number;
  /** Answers that put a message off, because of the pace and for other reasons. */
  slowed: number;
  deferred: number;
  rejected: number;
  bouncedHard: number;
  bouncedSoft: number;
  complained: number;
}

/** Counts of one provider, and when what happened. */
export class Tally {
  readonly counts: TallyCounts = {
    accepted: 0,
    slowed: 0,
    deferred: 0,
    rejected: 0,
    bouncedHard: 0,
    bouncedSoft: 0,
    complained: 0,
  };
  /** Accepted and put off, by minute since the start. */
  private readonly minutes = new Map<number, [accepted: number, putOff: number]>();
  firstSlowedMs: number | null = null;
  lastMs = 0;
  said: string | null = null;

  /** @param afterMs since the start */
  add(reception: Reception, afterMs: number): void {
    const { counts } = this;
    for (const key of Object.keys(counts) as (keyof TallyCounts)[]) counts[key] += reception[key];
    const minute = Math.floor(afterMs / MINUTE);
    const [accepted, putOff] = this.minutes.get(minute) ?? [0, 0];
    this.minutes.set(minute, [accepted + reception.accepted, putOff + reception.slowed + reception.deferred]);
    if (reception.slowed > 0) {
      this.firstSlowedMs ??= afterMs;
      this.said = reception.answers.said ?? this.said;
    }
    if (reception.accepted + reception.rejected > 0) this.lastMs = afterMs;
  }

  /** Most messages accepted within one minute. */
  get peakPerMinute(): number {
    return Math.max(0, ...[...this.minutes.values()].map(([accepted]) => accepted));
  }

  /** At most sixty steps of equal length, oldest first. */
  timeline(durationMs: number): { afterMs: number; accepted: number; putOff: number }[] {
    const minutesEach = Math.max(1, Math.ceil((durationMs + 1) / MINUTE / BUCKETS));
    const steps = Math.ceil((durationMs + 1) / MINUTE / minutesEach);
    const line = Array.from({ length: steps }, (_, step) => ({
      afterMs: step * minutesEach * MINUTE,
      accepted: 0,
      putOff: 0,
    }));
    for (const [minute, [accepted, putOff]] of this.minutes) {
      const step = line[Math.floor(minute / minutesEach)];
      if (!step) continue;
      step.accepted += accepted;
      step.putOff += putOff;
    }
    return line;
  }
}
