import { setTimeout as sleep } from 'node:timers/promises';
import { DOMAIN, importContacts, startCampaign } from '../../test/support/campaigns.js';
import { examine } from '../../test/support/exactness.js';
import { until } from '../../test/support/until.js';
import { letSomethingHappen } from './faults.js';
import { between } from './random.js';
import type { Stage } from './stage.js';

/** One campaign under faults, and what an outsider found. */
export interface Round {
  number: number;
  recipients: number;
  seconds: number;
  faults: string[];
  counts: Record<string, number>;
  uncertainAllowed: number;
  violations: string[];
}

/** What the sink does to how many of a thousand recipients, by local part (see sink-server.ts). */
const FATES = {
  'rcpt-550': 20,
  'data-554': 5,
  'dot-550': 5,
  'rcpt-450-once': 30,
  'data-451-once': 10,
  'dot-452-once': 10,
  'drop-before-dot': 2,
  'drop-after-dot': 2,
};
const UNCERTAIN_FATES = ['drop-before-dot', 'drop-after-dot'];
/** From here on nothing more happens, so that the campaign can end. */
const QUIET_AFTER = 0.8;
const END_MS = 300_000;

export async function playRound(stage: Stage, number: number): Promise<Round> {
  const { product, api, sink, random } = stage;
  const people = peopleOf(stage, number);
  // So slow that a campaign meets several faults.
  await sink.set({ replyDelayMs: between(random, 10, 40) });
  const started = performance.now();
  const campaign = await startCampaign(api, await importContacts(api, people));
  const taken = () => sink.messages().filter(({ to }) => to.includes(`.${number}.`));
  const faults: string[] = [];
  let uncertainAllowed = people.filter((address) => UNCERTAIN_FATES.some((fate) => address.startsWith(fate))).length;
  while (taken().length < people.length * QUIET_AFTER && performance.now() - started < 90_000) {
    await sleep(between(random, 100, 3_000));
    const { name, uncertain } = await letSomethingHappen(stage, campaign);
    faults.push(name);
    uncertainAllowed += uncertain;
  }
  await sink.set({ replyDelayMs: 0 });
  const hung = await untilEnded(stage, campaign);
  const { violations, counts } = await examine(product, api, campaign, taken());
  if (hung) violations.push(hung);
  const uncertain = counts.uncertain ?? 0;
  if (uncertain > uncertainAllowed) violations.push(`${uncertain} uncertain, at most ${uncertainAllowed} expected`);
  const [recipients, seconds] = [people.length, Math.round((performance.now() - started) / 1000)];
  return { number, recipients, seconds, faults, counts, uncertainAllowed, violations };
}

function peopleOf({ random }: Stage, number: number): string[] {
  const count = between(random, 1_500, 4_000);
  const fates = Object.entries(FATES).flatMap(([fate, ofThousand]) =>
    Array.from({ length: Math.round((count * ofThousand) / 1_000) }, () => fate),
  );
  return Array.from({ length: count }, (_, n) => {
    // Spread over the campaign instead of one after the other.
    const fate = n % 10 === 0 ? fates[n / 10] : undefined;
    return `${fate ?? 'plain'}.${number}.${n}@${DOMAIN}`;
  });
}

/** Second tries are due at once, and failing accounts tried again: their waits are not what is tested. */
async function untilEnded({ product, api }: Stage, campaign: string): Promise<string | null> {
  let status: unknown;
  const ended = async () => {
    await product.sql(
      "UPDATE campaign_recipients SET retry_at = now() WHERE campaign_id = $1 AND status = 'pending' AND retry_at > now()",
      [campaign],
    );
    await product.sql("UPDATE send_batches SET ready_at = now() WHERE campaign_id = $1 AND status = 'ready'", [
      campaign,
    ]);
    status = await api.get(`/campaigns/${campaign}`).catch((error: unknown) => ({ status: String(error) }));
    return (status as { status: string }).status === 'sent';
  };
  try {
    await until(ended, { what: 'the campaign to end', timeoutMs: END_MS });
    return null;
  } catch {
    return `the campaign did not end: ${JSON.stringify(status)}`;
  }
}
