import { parseArgs } from 'node:util';
import { startRedis } from '../libs/platform/testing/src/redis.js';
import { addAccount } from '../test/support/campaigns.js';
import { setUp, startProduct } from '../test/support/product.js';
import { startRecordingSink } from '../test/support/recording-sink.js';
import { randomOf } from './soak/random.js';
import { playRound } from './soak/round.js';
import type { Round } from './soak/round.js';
import type { Stage } from './soak/stage.js';

/**
 * `npm run test:soak -- [--minutes N] [--seed S]`: campaigns under random faults, one after the other, each compared
 * from outside with what the sink took. Ends with status 1 at the first that is not exact. The seed decides which faults
 * come and when; what they meet is up to the machine.
 */
const CONNECTIONS = 8;
const SENDERS = 3;

const { minutes, seed } = readOptions();
const random = randomOf(seed);
process.stdout.write(`soak: ${minutes} minutes, --seed ${seed}\n`);

const redis = await startRedis();
const sink = await startRecordingSink();
const product = await startProduct({ senders: SENDERS, env: { QUEUE_URL: redis.url } });
const stage: Stage = { product, api: await setUp(product), sink, redis, random, connections: CONNECTIONS };
const end = Date.now() + minutes * 60_000;
const rounds: Round[] = [];
try {
  await addAccount(stage.api, sink.port, { connections: CONNECTIONS });
  do {
    rounds.push(await playRound(stage, rounds.length + 1));
    tell(rounds.at(-1) as Round);
  } while (rounds.at(-1)?.violations.length === 0 && Date.now() < end);
} finally {
  if (rounds.at(-1)?.violations.length !== 0) process.stdout.write(`${product.output()}\n`);
  await product.stop();
  await stage.redis.close();
  await sink.close();
}
process.exitCode = summarise();

function readOptions(): { minutes: number; seed: number } {
  const text = { type: 'string' } as const;
  const given = parseArgs({ options: { minutes: text, seed: text } }).values;
  const minutes = Number(given.minutes ?? 30);
  const seed = Number(given.seed ?? Math.floor(Math.random() * 2 ** 32));
  if (!(minutes > 0) || !Number.isInteger(seed)) {
    process.stderr.write('--minutes must be above 0 and --seed a whole number.\n');
    process.exit(2);
  }
  return { minutes, seed };
}

function tell({ number, recipients, seconds, counts, uncertainAllowed, faults, violations }: Round): void {
  const rows = Object.entries(counts).map(([status, count]) => `${status} ${count}`);
  process.stdout.write(
    `${violations.length === 0 ? '✓' : '✗'} campaign ${number}: ${recipients} recipients in ${seconds} s; ` +
      `${rows.join(', ')} (uncertain allowed ${uncertainAllowed})\n  ${faults.join(', ')}\n`,
  );
  for (const violation of violations) process.stdout.write(`  ${violation}\n`);
}

function summarise(): 0 | 1 {
  const total = (count: (round: Round) => number) => rounds.reduce((sum, round) => sum + count(round), 0);
  const violations = total((round) => round.violations.length);
  process.stdout.write(
    `\nsoak --seed ${seed}: ${rounds.length} campaigns, ${total((round) => round.recipients)} recipients, ` +
      `${total((round) => round.faults.length)} faults, ${total((round) => round.counts.uncertain ?? 0)} uncertain, ` +
      `${violations} violations\n`,
  );
  return violations === 0 && rounds.length > 0 ? 0 : 1;
}
