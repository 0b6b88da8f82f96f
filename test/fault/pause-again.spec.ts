import { addresses, expectExact, importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setScene } from '../support/scene.js';

const RECIPIENTS = 3_000;
const TURNS = 6;

const scene = setScene({ senders: 2, replyDelayMs: 10, account: { connections: 8 } });

it('paused and resumed again and again at full speed, it is silent within a second each time and reaches everybody once', async () => {
  const { product, api, sink } = scene;
  const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS)));
  const pauses: { from: number; to: number }[] = [];
  const silentAfter: number[] = [];
  const backAfter: number[] = [];
  for (let turn = 1; turn <= TURNS; turn += 1) {
    await scene.more(60);
    await api.post(`/campaigns/${campaign}/pause`);
    const from = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // what would be late has time to come
    const to = Date.now();
    await api.post(`/campaigns/${campaign}/resume`);
    const answered = Date.now();
    await scene.more(1);
    pauses.push({ from, to });
    const starts = sink.messages().map((message) => message.startedAt);
    silentAfter.push(Math.max(0, ...starts.filter((at) => at >= from && at < to).map((at) => at - from)));
    backAfter.push(Math.min(...starts.filter((at) => at >= to)) - answered);
  }
  process.stdout.write(
    `pause-again: last message ${silentAfter.join(', ')} ms after a pause, first ${backAfter.join(', ')} ms after a resume\n`,
  );
  expect(sink.messages().length).toBeLessThan(RECIPIENTS);
  const late = sink
    .messages()
    .filter(({ startedAt }) => pauses.some(({ from, to }) => startedAt > from + 1_000 && startedAt < to));
  expect(late).toEqual([]);
  await untilStatus(product, api, campaign, 'sent');
  expect(await expectExact(product, api, campaign, sink)).toEqual({ accepted: RECIPIENTS });
});
