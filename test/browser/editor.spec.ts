import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { emptyDocument } from '#contracts';
import type { Doc } from '#contracts';
import type { ApiClient } from '../support/api-client.js';
import { barriers, closeBrowsers, openBrowser, option, settled, show, signIn, visit } from '../support/browser.js';
import type { Visit } from '../support/browser.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { compose } from '../support/typing.js';
import { until } from '../support/until.js';

const OWNER = { email: 'owner@example.com', password: 'correct horse battery', locale: 'zh-CN' as const };
const WORD = readFileSync('test/browser/fixtures/word-paste.html', 'utf8');

let product: Product;
let api: ApiClient;
let visitor: Visit;
let page: Page;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  visitor = await visit(await openBrowser(), product, { locale: 'zh-CN' });
  page = visitor.page;
  await signIn(visitor, OWNER);
});
afterAll(async () => {
  await closeBrowsers();
  await product?.stop();
});

/** A heading, a text and a footer. */
function design(): Doc {
  let ids = 0;
  return emptyDocument(() => `n${(ids += 1)}`, 'zh-CN');
}

let templates = 0;
/** A new template, open in the editor. */
async function openTemplate(): Promise<string> {
  const name = `模板 ${(templates += 1)}`;
  const { id } = await api.post('/templates', { name, subject: '春天', document: design() });
  await open(page, id);
  return id;
}

async function open(where: Page, id: string): Promise<void> {
  await show(where, `/templates/${id}`);
  await where.locator('.block-editor').waitFor();
}

async function stored(id: string): Promise<Doc> {
  return (await api.get(`/templates/${id}`)).document;
}
const kinds = (doc: Doc) =>
  doc.sections.map(({ columns }) => columns.map(({ blocks }) => blocks.map(({ type }) => type)));
const words = (doc: Doc) => JSON.stringify(doc);
const block = (where: Page, name: RegExp): Locator =>
  where.locator('.block-node').and(where.getByRole('group', { name }));

async function saved(where: Page): Promise<void> {
  await where.locator('.save-state[data-state=saved]').waitFor();
}

/** Drags by the mouse to the lower edge of a block, in steps as a hand does. */
async function dragBelow(from: Locator, to: Locator): Promise<void> {
  const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!];
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2 + 10, start.y + start.height / 2 + 10, { steps: 3 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height - 3, { steps: 8 });
  await page.locator('.drop-line').waitFor({ state: 'attached' });
  await page.mouse.up();
}

describe('the block editor', () => {
  it('keeps what was dragged and typed: after a reload the document is equal', async () => {
    const id = await openTemplate();
    await dragBelow(page.getByRole('button', { name: '按钮', exact: true }), block(page, /^文字/));
    await block(page, /^按钮/).waitFor();
    await block(page, /^标题/).click();
    await page.keyboard.press('End');
    await page.keyboard.type('：新茶上市');
    await saved(page);
    const doc = await stored(id);
    expect(kinds(doc)).toEqual([[['heading', 'text', 'button']], [['unsubscribeFooter']]]);
    expect(words(doc)).toContain('标题：新茶上市');
    await page.reload();
    await block(page, /^标题：标题：新茶上市/).waitFor();
    expect(await stored(id)).toEqual(doc);
    // Nothing is written where nothing was changed.
    await block(page, /^按钮/).click();
    await block(page, /^文字/).click();
    await page.keyboard.press('Escape');
    expect(await page.locator('.save-state').getAttribute('data-state')).toBe('saved');
  });

  it('moves a block into another column by the mouse, and undoes and redoes', async () => {
    const id = await openTemplate();
    await page.getByRole('tab', { name: '布局' }).click();
    await page.getByRole('button', { name: '50 : 50' }).click();
    await dragBelow(block(page, /^文字/), page.locator('.column-empty').nth(1));
    await saved(page);
    const moved = [[['heading']], [[], ['text']], [['unsubscribeFooter']]];
    expect(kinds(await stored(id))).toEqual(moved);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await saved(page);
    expect(kinds(await stored(id))).toEqual([[['heading', 'text']], [['unsubscribeFooter']]]);
    await page.getByRole('button', { name: '重做' }).click();
    await page.getByRole('button', { name: '重做' }).click();
    await saved(page);
    expect(kinds(await stored(id))).toEqual(moved);
  });

  it('does all of it by keyboard alone', async () => {
    const id = await openTemplate();
    await page.getByRole('button', { name: '文字', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await block(page, /^按钮/).waitFor();
    expect(await focused()).toMatch(/^按钮/);
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Control+d');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toMatch(/^标题/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('只用键盘');
    await page.keyboard.press('Escape');
    expect(await focused()).toMatch(/^标题：只用键盘/);
    await saved(page);
    const doc = await stored(id);
    expect(kinds(doc)).toEqual([[['heading', 'button', 'text']], [['unsubscribeFooter']]]);
    expect(words(doc)).toContain('只用键盘');
  });

  it('is reached by few presses of Tab from the beginning of the page', async () => {
    await openTemplate();
    await page.locator('body').press('Tab');
    await page.keyboard.press('Enter');
    let presses = 1;
    while (presses < 15 && !(await page.evaluate('Boolean(document.activeElement?.dataset?.node)'))) {
      await page.keyboard.press('Tab');
      presses += 1;
    }
    expect(presses).toBeLessThan(15);
  });

  it('takes words from Word, and nothing else of it', async () => {
    const id = await openTemplate();
    await block(page, /^文字/).click();
    await page.keyboard.press('Control+a');
    await page.evaluate((html) => {
      const { document, DataTransfer, ClipboardEvent } = globalThis as any;
      const data = new DataTransfer();
      data.setData('text/html', html);
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
    }, WORD);
    await saved(page);
    const [, text] = (await stored(id)).sections[0]!.columns[0]!.blocks as any[];
    expect(text.content.content.map(({ type }: { type: string }) => type)).toEqual([
      'paragraph',
      'bulletList',
      'paragraph',
      'paragraph',
      'paragraph',
    ]);
    const rows = text.content.content.slice(3).map(({ content }: any) => content.map((one: any) => one.text).join(''));
    expect(rows.map((row: string) => row.replace(/\s+/g, ' ').trim())).toEqual(['品名 | 价格', '瓜片 | 268 元']);
    expect(JSON.stringify(text.content)).not.toMatch(/mso|Mso|xml|style|Calibri|·/);
    expect(JSON.stringify(text.content)).toContain('"text":"六安瓜片","type":"text","marks":[{"type":"bold"}]');
  });

  it('makes the mail that arrives, with a variable that has a fallback', async () => {
    await api.post('/contacts', { email: 'duzhe@example.com', name: '读者' });
    const from = { name: '茶铺', address: 'news@tea.example' };
    const { id } = await api.post('/campaigns', {
      name: '春茶',
      from,
      content: { subject: '春茶', document: design() },
    });
    await show(page, `/campaigns/${id}/content`);
    await write(page, '您好，');
    await page.getByRole('button', { name: '插入变量' }).last().click();
    await page.getByRole('menuitem', { name: '姓名' }).click();
    await page.getByLabel('默认值').focus();
    await page.keyboard.type('老');
    await compose(page, 'pengyou', '朋友');
    await page.keyboard.type('们');
    await page.keyboard.press('Enter');
    await saved(page);
    const [, text] = (await api.get(`/campaigns/${id}`)).content.document.sections[0].columns[0].blocks;
    expect(text.content.content[0].content).toEqual([
      { type: 'text', text: '您好，' },
      { type: 'mergeTag', attrs: { path: 'name', fallback: '老朋友们', format: null } },
    ]);
    const preview = page.getByRole('dialog', { name: '预览' });
    await page.getByRole('button', { name: '预览' }).click();
    await preview
      .frameLocator('iframe')
      .getByText(/^您好，.+$/)
      .waitFor();
    // Looking at it as somebody else is no step that the browser goes back by.
    const steps = await page.evaluate<number>('history.length');
    await preview.getByLabel('以联系人身份预览').click();
    await page.keyboard.type('duzhe');
    await option(page, 'duzhe@example.com').click();
    await preview.frameLocator('iframe').getByText('您好，读者').waitFor();
    expect(await page.evaluate<number>('history.length')).toBe(steps);
    await page.keyboard.press('Escape');
    await api.post(`/campaigns/${id}/test`, { to: ['reader@simulator.test'] });
    const arrived = async () => (await api.get('/sandbox/messages?q=reader@simulator.test')).items;
    await until(async () => (await arrived()).length > 0, { what: 'the test mail' });
    const [found] = await arrived();
    const mail = await api.get(`/sandbox/messages/${found.id}`);
    expect(mail.html).toMatch(/您好，[^{<\s]/);
    expect(mail.html).toContain('<!--[if mso');
    expect(mail.text).toMatch(/您好，[^{<\s]/);
  });

  it('tells of another tab that was first, and keeps whichever is chosen', async () => {
    const id = await openTemplate();
    const other = await visitor.context.newPage();
    await open(other, id);
    await write(page, '第一个窗口');
    await saved(page);
    await write(other, '第二个窗口');
    const question = other.getByRole('dialog', { name: '其他人刚刚修改过此内容' });
    await question.getByRole('button', { name: '用我的覆盖' }).click();
    await saved(other);
    expect(words(await stored(id))).toContain('第二个窗口');
    await write(page, '又是第一个');
    await page.getByRole('dialog').getByRole('button', { name: '载入对方的' }).click();
    await saved(page);
    await block(page, /第二个窗口/).waitFor();
    expect(words(await stored(id))).toContain('第二个窗口');
    await other.close();
    expect(visitor.errors().filter((error) => !error.includes('409'))).toEqual([]);
  });

  it('saves a block to use it again, and goes back to what was', async () => {
    const id = await openTemplate();
    await block(page, /^标题/).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '保存以便再次使用' }).click();
    await page.getByLabel('名称', { exact: true }).fill('我们的标题');
    await page.getByLabel('名称', { exact: true }).press('Enter');
    await page.getByRole('tab', { name: '已保存' }).click();
    await page.getByRole('button', { name: '我们的标题', exact: true }).click();
    await block(page, /^已保存的块/)
      .getByText('标题', { exact: true })
      .waitFor();
    await saved(page);
    const doc = await stored(id);
    expect(kinds(doc)).toEqual([[['heading', 'reusable', 'text']], [['unsubscribeFooter']]]);
    await page.getByRole('button', { name: '变为普通内容' }).click();
    await saved(page);
    expect(kinds(await stored(id))).toEqual([[['heading', 'heading', 'text']], [['unsubscribeFooter']]]);
    await page.getByRole('button', { name: '历史版本' }).click();
    const history = page.getByRole('dialog', { name: '历史版本' });
    await history.getByRole('listitem').last().getByRole('button').click();
    await settled(page);
    expect(await barriers(page)).toEqual([]);
    await history.getByRole('button', { name: '恢复到这个版本' }).click();
    await history.waitFor({ state: 'hidden' });
    expect(kinds(await stored(id))).toEqual([[['heading', 'text']], [['unsubscribeFooter']]]);
    await block(page, /^标题/).waitFor();
    expect(await page.locator('.block-node').count()).toBe(3);
  });

  it('loses nothing when the connection breaks and the tab dies', async () => {
    const id = await openTemplate();
    await visitor.context.setOffline(true);
    await write(page, '断线时写的');
    await page.locator('.save-state[data-state=offline]').waitFor();
    await page.close({ runBeforeUnload: false });
    await visitor.context.setOffline(false);
    page = await visitor.context.newPage();
    await open(page, id);
    await block(page, /断线时写的/).waitFor();
    await saved(page);
    expect(words(await stored(id))).toContain('断线时写的');
  });

  it('lets a block be seen by those only who bought of late', async () => {
    const id = await openTemplate();
    await block(page, /^文字/).click();
    await page.getByRole('button', { name: '设置条件' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('看什么').click();
    await option(page, '购买').click();
    await dialog.getByText('只有最近 30 天购买过的收件人能看到。').waitFor();
    await dialog.getByText('订单由商城通过 API 上报。').waitFor();
    await dialog.getByRole('button', { name: /^确 ?定$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    const rule = { kind: 'behaviour', event: 'bought', did: true, days: 30, campaignId: null };
    const conditions = async () =>
      (await stored(id)).sections.flatMap(({ columns }) =>
        columns.flatMap(({ blocks }) => blocks.flatMap(({ visibleIf }) => visibleIf ?? [])),
      );
    await until(async () => (await conditions()).length > 0, { what: 'the condition to be saved' });
    expect(await conditions()).toEqual([{ match: 'all', rules: [rule] }]);
    // The canvas says so of a block that nobody has chosen.
    await block(page, /^标题/).click();
    await page.keyboard.press('Escape');
    await block(page, /^文字/).getByRole('img', { name: '只有最近 30 天购买过的收件人能看到。' }).waitFor();
  });

  it('keeps nobody out, with something chosen, a dialog open, and on a phone', async () => {
    await openTemplate();
    await block(page, /^标题/).click();
    await settled(page);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: '设置条件' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: '全局' }).click();
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText('屏幕太窄').waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

/** Replaces the words of the text. */
async function write(where: Page, text: string): Promise<void> {
  await where.bringToFront();
  await where.locator('.block-node').nth(1).click();
  await where.keyboard.press('Control+a');
  await where.keyboard.type(text);
}

const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
