import pg from 'pg';
import { SUBJECTS, click, draftTest, passTime } from '../support/ab-tests.js';
import { expectExact, untilStatus } from '../support/campaigns.js';
import { countBy } from '../support/exactness.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = setScene();

it('a sender killed in the middle of a decision leaves none, and the next decides once', async () => {
  const { product, api, sink } = scene;
  const id = await draftTest(api, 500, { sample: 50, durationMinutes: 60, fallback: null });
  await api.post(`/campaigns/${id}/start`);
  await scene.more(250);
  await click(scene, id, [35, 6]);
  // Somebody else holds a batch of the rest: the decision has its verdict and can't come to its end.
  const client = new pg.Client({ connectionString: product.databaseUrl() });
  await client.connect();
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM send_batches WHERE campaign_id = $1 AND arm = -1 FOR UPDATE', [id]);
  await passTime(scene, id);
  const deciding = () =>
    product.sql(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE send_batches %SET ready_at%'`,
    );
  await until(async () => (await deciding()).length > 0, { what: 'a sender in the middle of the decision' });
  const victim = product.pids()['sender-1'] as number;
  process.kill(victim, 'SIGKILL');
  await until(() => product.pids()['sender-1'] !== victim, { what: 'another sender' });
  const state = () => product.sql('SELECT judged_at AS judged, winner FROM ab_tests WHERE campaign_id = $1', [id]);
  expect(await state()).toEqual([{ judged: null, winner: null }]);
  expect(sink.messages()).toHaveLength(250);
  await client.query('ROLLBACK');
  await client.end();

  await untilStatus(product, api, id, 'sent');
  expect(await expectExact(product, api, id, sink)).toEqual({ accepted: 500 });
  expect(countBy(sink.messages().map(({ subject }) => subject))).toEqual({ [SUBJECTS[0]!]: 375, [SUBJECTS[1]!]: 125 });
  const judged = await product.sql('SELECT after FROM audit_log WHERE action = $1', ['campaign.ab-test.judged']);
  expect(judged).toEqual([{ after: { winner: 0, rest: 0 } }]);
});
