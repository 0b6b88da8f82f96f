import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { arrive } from '../support/arriving-mail.js';
import { barriers, closeBrowsers, openBrowser, settled, show, signIn, visit } from '../support/browser.js';
import type { ApiClient } from '../support/api-client.js';
import { importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const PERSON = 'success@simulator.test';
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

let product: Product;
let api: ApiClient;
let images: Server;
/** Paths somebody asked the server of the images for. */
const asked: string[] = [];
beforeAll(async () => {
  images = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'image/gif' }).end(PIXEL);
  });
  await new Promise<void>((resolve) => images.listen(0, '127.0.0.1', resolve));
  product = await startProduct();
  api = await setUp(product);
  const campaign = await startCampaign(api, await importContacts(api, [PERSON]));
  await untilStatus(product, api, campaign, 'sent');
  const [sent] = (await api.get('/sandbox/messages?limit=1')).items;
  const original = /^Message-ID: (.*)$/im.exec(await (await api.raw(`/sandbox/messages/${sent.id}/raw`)).text())![1]!;
  await arrive(product, replyTo(original.trim()));
  await until(async () => (await api.get('/replies')).items.length === 1, { what: 'the reply to be shown' });
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
  await new Promise((resolve) => images?.close(resolve));
});

function replyTo(original: string): string {
  const origin = `http://127.0.0.1:${(images.address() as AddressInfo).port}`;
  return [
    ...[`From: ${PERSON}`, 'Subject: Re: hello', 'Message-ID: <one@people.example>', `In-Reply-To: ${original}`],
    ...['Content-Type: text/html; charset=utf-8', ''],
    `<p>Here it is</p><img src="${origin}/photo.gif" alt="photo"><script src="${origin}/script.js"></script>`,
    `<p style="background:url(${origin}/style.gif)">!</p><iframe src="${origin}/frame"></iframe>`,
    '',
  ].join('\r\n');
}

it('images of a reply are fetched after a click and not before, and nothing else ever is', async () => {
  const { page, strangers, errors } = await visit(await openBrowser(), product);
  await signIn({ page } as never);
  const [thread] = (await api.get('/replies')).items;
  await show(page, `/replies/${thread.id}`);
  await page.locator('details.reply-more summary').click();
  await page.frameLocator('iframe.mail-frame').getByText('Here it is').waitFor();
  await settled(page);
  expect([asked, strangers()]).toEqual([[], []]);

  await page.getByRole('button', { name: '显示图片' }).click();
  await until(() => asked.length > 0, { what: 'the image to be asked for' });
  await settled(page);
  expect(asked).toEqual(['/photo.gif']);
  expect(await barriers(page)).toEqual([]);
  expect(errors()).toEqual([]);

  // The next mail that is opened has its images off again.
  await page.reload();
  await page.locator('details.reply-more summary').click();
  await page.frameLocator('iframe.mail-frame').getByText('[photo]').waitFor();
  expect(asked).toEqual(['/photo.gif']);
});
