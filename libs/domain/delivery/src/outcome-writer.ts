import type { UncertainPolicy } from '#contracts';
import type { Database } from '#platform/database';
import type { Logger } from '#platform/logging';
import type { ClaimedBatch } from './claim-batch.js';
import { keepTrying } from './keep-trying.js';
import { recordLateAnswers, recordOutcomes } from './record-outcomes.js';
import type { RecordedOutcome } from './record-outcomes.js';

/** Outcomes are gathered this long: the ledger is that much behind the wire, and a statement costs as much for fifty. */
const GATHER_MS = 80;

/** What a writer of one claimed batch works with. */
export interface OutcomeWriterOptions {
  db: Database;
  log: Logger;
  batch: ClaimedBatch;
  policy: UncertainPolicy;
  /** True once the process is asked to stop: what can't be written then is left to the journal. */
  stopping(): boolean;
}

/** Writes the outcomes of one claimed batch into the ledger, many at a time and in their order. */
export class OutcomeWriter {
  /** The batch was given up meanwhile: nothing of it may be sent any more. */
  lost = false;
  private gathered: RecordedOutcome[] = [];
  private readonly open = new Set<number>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: OutcomeWriterOptions) {}

  /** Seq numbers whose outcomes the ledger does not have yet. */
  get unwritten(): number[] {
    return [...this.open];
  }

  add(outcome: RecordedOutcome): void {
    this.gathered.push(outcome);
    this.open.add(outcome.seq);
    this.timer ??= setTimeout(() => {
      // Who asks for `written` is told of a failure; until then it is nobody's.
      this.written().catch(() => undefined);
    }, GATHER_MS);
  }

  /** Settles once everything added until now stands in the ledger. @throws when a stop came before Postgres was back */
  written(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const outcomes = this.gathered;
    this.gathered = [];
    const { batch } = this.options;
    this.writing = this.writing.then(async () => {
      await keepTrying(this.options, `outcomes of batch ${batch.id}`, () => this.write(outcomes));
      for (const { seq } of outcomes) this.open.delete(seq);
    });
    return this.writing;
  }

  private async write(outcomes: readonly RecordedOutcome[]): Promise<void> {
    const { db, batch, policy } = this.options;
    if (await recordOutcomes(db, batch, outcomes, policy)) return;
    // This process was held up for so long that its batch was given up: what it knows is still the truth.
    this.lost = true;
    await recordLateAnswers(db, batch.campaignId, outcomes);
  }
}
