import { closeBrowsers, openBrowser, show, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { addAccount, addresses, importContacts, startCampaign } from '../support/campaigns.js';
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
