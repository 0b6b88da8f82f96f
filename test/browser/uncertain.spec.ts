import {
  barriers,
  closeBrowsers,
  openBrowser,
  settled,
  show,
  sidewaysScroll,
  signIn,
  visit,
} from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { DOMAIN, addAccount, countBy, importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

/** Taken by a server that hangs up before it says so: 4 it takes at a second try, 3 it never answers. */
const LOST = [1, 2, 3, 4].map((n) => `drop-after-dot-once.${n}@${DOMAIN}`);
const NEVER = [1, 2, 3].map((n) => `drop-after-dot.${n}@${DOMAIN}`);
/** Taken, with no answer at all until the sender is killed. */
const HANGING = [1, 2, 3].map((n) => `hang-after-dot-once.${n}@${DOMAIN}`);
const FINE = [1, 2, 3, 4, 5].map((n) => `fine.${n}@${DOMAIN}`);

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
let visitor: Visit;
let campaign: string;
beforeAll(async () => {
  sink = await startRecordingSink();
  product = await startProduct();
  api = await setUp(product);
  await addAccount(api, sink.port, { name: '中继', connections: 16 });
  campaign = await startCampaign(api, await importContacts(api, [...LOST, ...NEVER, ...HANGING, ...FINE]));
  await until(async () => waiting((await report()).counts) === HANGING.length && taken(HANGING) === HANGING.length, {
    what: 'everybody but the hanging to have an outcome',
    detail: () => product.output(),
  });
  process.kill(product.pids()['sender-1'] as number, 'SIGKILL');
  await untilStatus(product, api, campaign, 'sent');
  visitor = await visit(await openBrowser(), product);
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
  await sink?.close();
});

const report = () => api.get<{ counts: Record<string, number> }>(`/campaigns/${campaign}/report`);
const waiting = (counts: Record<string, number>) => counts.pending ?? 0;
const taken = (people: string[]) => sink.messages().filter(({ to }) => people.includes(to)).length;
/** How often the sink has taken a message for each of these, and under how many Message-IDs. */
const copies = (people: string[]) =>
  people.map((person) => {
    const messages = sink.messages().filter(({ to }) => to === person);
    return [messages.length, new Set(messages.map(({ messageId }) => messageId)).size];
  });

/** Presses the button of the dialog that asks this, and waits until it is gone. */
async function answer(question: string, button: string): Promise<void> {
  const dialog = visitor.page.getByRole('dialog', { name: question });
  await dialog.getByRole('button', { name: button }).click();
  await dialog.waitFor({ state: 'hidden' });
}

it('the API tells the story after the crash, and each with account, server and last words', async () => {
  expect((await report()).counts).toMatchObject({ accepted: FINE.length, uncertain: 10 });
  const story = await api.get(`/campaigns/${campaign}/uncertain/story`);
  expect(story).toMatchObject({
    count: 10,
    groups: [
      { cause: 'connection_ended', smtpAccountName: '中继', host: '127.0.0.1', count: 7 },
      { cause: 'sender_stopped', smtpAccountName: '中继', host: '127.0.0.1', count: 3 },
    ],
  });
  const stopped = await api.get(`/campaigns/${campaign}/uncertain?cause=sender_stopped&count=true`);
  expect(stopped.total).toBe(3);
  expect(stopped.items.map((item: { email: string }) => item.email).sort()).toEqual(HANGING);
  const trail = await api.get(`/campaigns/${campaign}/recipients/trail?address=${HANGING[0]}`);
  expect(trail).toMatchObject({ verdict: 'uncertain' });
  expect(trail.steps.at(-1)).toMatchObject({ code: 'sender_stopped', attempt: { smtpAccountName: '中继' } });
});

it('the list and the report lead to the screen, which nobody is kept from using', async () => {
  const { page } = visitor;
  await show(page, '/campaigns');
  await page.getByRole('link', { name: '10 封待核实' }).click();
  await page.getByRole('heading', { level: 1, name: '待核实的邮件' }).waitFor();
  await show(page, `/campaigns/${campaign}/report`);
  await page.getByText('发送进程停止时，有 3 封邮件正在传给「中继」。').waitFor();
  await page.getByRole('link', { name: '逐一查看并决定' }).click();
  await page.getByText('全部符合条件的 10 封：').waitFor();
  await settled(page);
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await settled(page);
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
});

it('two that are chosen are counted as accepted, after a question with their number', async () => {
  const { page } = visitor;
  await show(page, `/campaigns/${campaign}/uncertain`);
  for (const person of NEVER.slice(0, 2)) await page.getByRole('checkbox', { name: `选择 ${person}` }).check();
  await page.getByRole('region', { name: '批量操作' }).getByRole('button', { name: '视为已接收' }).click();
  await answer('把这 2 封视为已接收？', '2 封视为已接收');
  await page.getByText('2 封已视为已接收').waitFor();
  await page.getByText('全部符合条件的 8 封：').waitFor();
  expect((await report()).counts).toMatchObject({ accepted: FINE.length + 2, uncertain: 8 });
  expect(copies(NEVER)).toEqual(NEVER.map(() => [1, 1]));
});

it('a decision for another number than was asked about changes nothing', async () => {
  const decision = api.post(`/campaigns/${campaign}/uncertain`, { action: 'resend', expected: 10 });
  await expect(decision).rejects.toMatchObject({ status: 409, problem: { code: 'UNCERTAIN_CHANGED', current: 8 } });
  expect((await report()).counts.uncertain).toBe(8);
});

it('all that match a filter are sent again, each under the Message-ID it had, and nobody else', async () => {
  const { page } = visitor;
  await show(page, `/campaigns/${campaign}/uncertain?q=once`);
  await page.getByText('全部符合条件的 7 封：').waitFor();
  await page.getByRole('button', { name: '重新发送' }).click();
  await answer('重新发送这 7 封邮件？', '重新发送 7 封');
  await page.getByText('7 封将重新发送').waitFor();
  await until(async () => (await report()).counts.accepted === FINE.length + 2 + 7, {
    what: 'those sent again to be accepted',
    detail: () => product.output(),
  });
  await untilStatus(product, api, campaign, 'sent');
  const again = [...LOST, ...HANGING];
  expect(copies(again)).toEqual(again.map(() => [2, 1]));
  expect(copies([...NEVER, ...FINE])).toEqual([...NEVER, ...FINE].map(() => [1, 1]));
  expect(new Set(sink.messages().map(({ messageId }) => messageId)).size).toBe(15);
});

it('the last is counted as not sent, every decision is in the audit log, and nothing is left to decide', async () => {
  const { page } = visitor;
  await show(page, `/campaigns/${campaign}/uncertain`);
  await page.getByRole('button', { name: '视为没有发送' }).click();
  await answer('把这 1 封视为没有发送？', '1 封视为没有发送');
  await page.getByText('没有待核实的邮件').waitFor();
  expect((await report()).counts).toMatchObject({ accepted: 14, skipped: 1, uncertain: 0, pending: 0 });
  const rows = await product.sql<{ action: string; actor: string; after: { action: string; settled: number } }>(
    `SELECT action, actor, after FROM audit_log WHERE action = 'campaign.uncertain-settled' ORDER BY id`,
  );
  expect(rows.map(({ after }) => [after.action, after.settled])).toEqual([
    ['settle-accepted', 2],
    ['resend', 7],
    ['settle-skipped', 1],
  ]);
  expect(countBy(rows.map(({ actor }) => actor))).toEqual({ [rows[0]!.actor]: 3 });
  const trail = await api.get(`/campaigns/${campaign}/recipients/trail?address=${NEVER[2]}`);
  expect(trail).toMatchObject({ verdict: 'skipped', params: { reason: 'uncertain' } });
});
