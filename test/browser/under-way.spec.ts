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
import type { Locale, Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import {
  DOMAIN,
  addAccount,
  addresses,
  draftCampaign,
  importContacts,
  startCampaign,
  untilStatus,
} from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
let visitor: Visit;
let list: string;
beforeAll(async () => {
  sink = await startRecordingSink();
  product = await startProduct();
  api = await setUp(product);
  list = await importContacts(api, addresses(60));
  visitor = await visit(await openBrowser(), product);
  await signIn(visitor);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
  await sink?.close();
});

const isReal = ({ kind }: { kind: string }) => kind === 'smtp';

async function speak(locale: Locale): Promise<void> {
  await visitor.page.request.patch('/api/v1/auth/me', { data: { locale }, headers: { origin: product.url } });
}

it('the dashboard of who is sending the first campaign does not say that there is none', async () => {
  const slow = await addAccount(api, sink.port, { name: '慢速', limits: { perMinute: 20 } });
  await startCampaign(api, list, { name: '正在发的', smtpAccounts: [slow.id] });
  await until(() => sink.messages().length > 0, { what: 'it to begin', detail: () => product.output() });
  const { page } = visitor;
  await show(page, '/');
  await page.getByRole('progressbar', { name: '「正在发的」的发送进度' }).waitFor();
  await page.getByText('上方正在发送的活动发完后，会显示在这里。').waitFor();
  expect(await page.getByText('还没有营销活动').count()).toBe(0);
});

it('the live view shows what really goes a minute beside the limits', async () => {
  const { page } = visitor;
  for (const [locale, width, words] of [
    ['en', 390, /Sending now\s*[1-9]\d*\/min/],
    ['zh-CN', 1440, /实际速度\s*[1-9]\d* 封\/分/],
  ] as const) {
    await speak(locale);
    await page.setViewportSize({ width, height: 900 });
    await show(page, '/settings/sending');
    await page.getByRole('region', { name: '慢速' }).filter({ hasText: words }).waitFor();
    await settled(page);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
  }
});

it('a campaign that could not start, and one that was stopped, say why in both languages', async () => {
  const failed = await draftCampaign(api, list, { name: '没有主题' });
  await api.post(`/campaigns/${failed}/schedule`, { at: '2099-01-01T10:00', timezone: 'UTC' });
  await product.sql(
    `UPDATE campaigns SET content = content || '{"subject": ""}', scheduled_at = now() WHERE id = ${failed}`,
  );
  await untilStatus(product, api, failed, 'failed');
  await sink.set({ refuseSender: true });
  const refused = await addAccount(api, sink.port, { name: '被拒' });
  const paused = await startCampaign(api, list, { name: '被拒的', smtpAccounts: [refused.id] });
  await untilStatus(product, api, paused, 'paused');
  const { page } = visitor;
  for (const [locale, lacks, stopped] of [
    ['zh-CN', '请填写邮件主题', '邮件服务器拒绝了发件人。请检查发信地址和通道的发件域名，然后继续发送。'],
    ['en', 'Write a subject', 'The mail server refused the sender. Check the From address'],
  ] as const) {
    await speak(locale);
    await show(page, `/campaigns/${failed}/report`);
    await page.getByText(lacks).waitFor();
    await show(page, `/campaigns/${paused}/report`);
    await page.getByText(stopped).waitFor();
    await page.getByText(/^553 /).waitFor();
  }
  expect(visitor.errors()).toEqual([]);
});

it('a rehearsal draws when how many would be taken, with words for who does not see it', async () => {
  const slow = await addAccount(api, sink.port, { name: '排练', limits: { perMinute: 10 } });
  const draft = await draftCampaign(api, list, { name: '排练的', smtpAccounts: [slow.id] });
  const { id } = await api.post<{ id: string }>(`/campaigns/${draft}/rehearsals`, { providers: 'generous' });
  await until(async () => (await api.get(`/rehearsals/${id}`)).status === 'done', {
    what: 'the rehearsal to be over',
    detail: () => product.output(),
  });
  const { page } = visitor;
  for (const [locale, width, words] of [
    ['zh-CN', 1440, /^到 0:\d\d 为止的发送过程：预计被接收 60 封/],
    ['en', 390, /^Until 0:\d\d after the start: 60 expected to be taken/],
  ] as const) {
    await speak(locale);
    await page.setViewportSize({ width, height: 900 });
    await show(page, `/campaigns/${draft}?rehearsal=open`);
    await page.getByRole('img', { name: words }).locator('svg').waitFor();
    await settled(page);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

it('a triggered message that waits says what for in both languages', async () => {
  for (const { id, version } of (await api.get('/smtp-accounts')).items.filter(isReal)) {
    await api.patch(`/smtp-accounts/${id}`, { enabled: false, version });
  }
  await sink.set({ refuseSender: false });
  await addAccount(api, sink.port, { name: '一天一封', limits: { perDay: 1 } });
  const mail = { from: { name: '', address: 'news@brand.hongyan-e2e.org' }, subject: 'Hi', text: 'hello' };
  const send = (to: string) => api.post<{ id: string }>('/messages', { ...mail, to });
  const sent = [await send(`one@${DOMAIN}`), await send(`two@${DOMAIN}`)];
  let waiting: { id: string; detail: string } | undefined;
  await until(
    async () => {
      const messages = await Promise.all(sent.map(({ id }) => api.get(`/messages/${id}`)));
      return (waiting = messages.find(({ detail }) => detail.startsWith('AT_LIMIT: ')));
    },
    { what: 'one of them to wait', detail: () => product.output() },
  );
  const { page } = visitor;
  for (const [locale, text] of [
    ['zh-CN', '发信通道的限额已用完，有余量时自动发送。'],
    ['en', 'The limits of the delivery channels are used up; it leaves by itself when there is room.'],
  ] as const) {
    await speak(locale);
    await show(page, `/triggered?message=${waiting!.id}`);
    await page.getByText(text).waitFor();
  }
});
