import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgres } from '#platform/database';
import { isAlive, markOf } from './process-mark.js';
import type { ProcessMark } from './process-mark.js';

const LOOK_MS = 500;
/** Waits between attempts to start it again, in milliseconds; the last one repeats. */
const RETRY_WAITS = [500, 1_000, 3_000, 10_000];

/** The embedded Postgres under supervision: when it ends by itself it is started again, and said so. */
export class PostgresWatch {
  private stopping = false;
  private mark: ProcessMark;
  private readonly watching: Promise<void>;

  private constructor(
    private server: EmbeddedPostgres,
    private readonly dataDir: string,
    private readonly say: (line: string) => void,
    private readonly onMoved: (url: string) => void,
  ) {
    this.mark = markOf(server.pid);
    this.watching = this.watch();
  }

  /**
   * Starts Postgres and watches it.
   * @param onMoved Postgres came back at another address: the processes have to be started again with it
   * @throws EmbeddedPostgresError when the first start fails
   */
  static async start(
    dataDir: string,
    say: (line: string) => void,
    onMoved: (url: string) => void,
  ): Promise<PostgresWatch> {
    return new PostgresWatch(await EmbeddedPostgres.start(dataDir), dataDir, say, onMoved);
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.watching;
    await this.server.stop();
  }

  private async watch(): Promise<void> {
    while (!this.stopping) {
      await sleep(LOOK_MS);
      if (!this.stopping && !isAlive(this.mark)) await this.startAgain();
    }
  }

  private async startAgain(): Promise<void> {
    const before = this.url;
    this.say('Postgres ended; starting it again.');
    for (let attempt = 0; !this.stopping; attempt += 1) {
      try {
        this.server = await EmbeddedPostgres.start(this.dataDir);
        this.mark = markOf(this.server.pid);
        this.say('Postgres runs again.');
        if (this.url !== before) this.onMoved(this.url);
        return;
      } catch (error) {
        // Its own processes may take a moment to notice that it is gone; a full disk takes longer.
        if (attempt > 0) this.say((error as Error).message);
        await sleep(RETRY_WAITS[Math.min(attempt, RETRY_WAITS.length - 1)]);
      }
    }
  }
}
