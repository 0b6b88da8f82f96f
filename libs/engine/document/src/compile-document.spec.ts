import { emptyDocument, newBlock, newColumn, newReusable, newSection, richText } from '#contracts';
import type { Doc, DocBlock } from '#contracts';
import { SAMPLE_MERGE_DATA, SAMPLE_URLS, createRenderer } from '#engine/render';
import type { CompiledContent, MergeData } from '#engine/render';
import { everyBlock } from './every-block.js';
import { compileDocument } from './index.js';
import type { SavedContents } from './index.js';

let last = 0;
const newId = () => `t${(last += 1)}`;
const OPTIONS = {
  trackLinks: true,
  footer: { html: '<a href="{{unsubscribeUrl}}">x</a>', text: '{{unsubscribeUrl}}' },
};

function documentOf(...blocks: DocBlock[]): Doc {
  const document = emptyDocument(newId, 'zh-CN');
  return { ...document, sections: [newSection(newId, [newColumn(newId, blocks)]), ...document.sections.slice(1)] };
}

async function compiled(document: unknown, saved?: SavedContents): Promise<CompiledContent> {
  const result = await compileDocument({ subject: 's', document }, OPTIONS, saved);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.content;
}

const rendered = (content: CompiledContent, data: Partial<MergeData> = {}) =>
  createRenderer(content).render({ ...SAMPLE_MERGE_DATA, ...data }, SAMPLE_URLS);

async function problemsOf(document: unknown): Promise<object[]> {
  const result = await compileDocument({ subject: 's', document }, OPTIONS);
  const found = result.ok ? result.content.problems : result.problems;
  return found.map(({ severity, code, blockId, property }) => ({ severity, code, blockId, property }));
}

describe('a document with every block', () => {
  it('compiles without a problem, keeps Outlook’s conditionals and loads nothing but its own pictures', async () => {
    const content = await compiled(everyBlock('zh-CN'));
    expect(content.problems).toEqual([]);
    const { html } = rendered(content);
    expect(html).toContain('<!--[if mso');
    expect(html).toContain('lang="zh-CN"');
    const loaded = [
      ...(html ?? '').matchAll(/(?:src|background)="(https?:[^"]+)"|url\((?!["']?data)([^)]*)\)|<link[^>]*>|@import/g),
    ];
    expect(new Set(loaded.map(([, src, url]) => src ?? url ?? 'something'))).toEqual(
      new Set(['https://img.hongyan-e2e.org/i/tea.png', SAMPLE_URLS.open]),
    );
    expect(Buffer.byteLength(html ?? '')).toBeLessThan(60_000);
  });

  it('says the same in the text part, with intact personalisation', async () => {
    const content = await compiled(everyBlock('zh-CN'));
    const { text } = rendered(content, { name: 'Straße', fields: { birthday: '1990-03-05', city: '上海 "浦东" ＼' } });
    expect(text).toContain('Straße 的 & 标题');
    expect(text).toContain('1990年3月5日');
    expect(text).toContain('一 & <b>');
    expect(text).toContain('只给上海的人');
    expect(text).toContain('手机上没有');
    expect(text).not.toContain('只在手机上');
    expect(text).toContain(SAMPLE_URLS.unsubscribe);
    expect(text).not.toMatch(/\{\{|undefined|tea\.png/);
    expect(rendered(content, { name: '', fields: {} }).text).toMatch(/朋友 "甲"，您好。\n红链接[^\n]*某天/);
  });

  it('asks for behaviour once, and shows by it', async () => {
    const content = await compiled(everyBlock('en'));
    expect(content.behaviours).toEqual([{ key: 'opened_30', event: 'opened', days: 30, campaignId: null }]);
    const seen = (data: Partial<MergeData>) =>
      rendered(content, { tags: [], ...data }).html?.includes('只给最近打开过的人');
    expect([seen({}), seen({ behaviour: { opened_30: true } }), seen({ tags: ['会员'] })]).toEqual([false, true, true]);
  });

  it('is the same every time', async () => {
    expect(await compiled(everyBlock('en'))).toEqual(await compiled(everyBlock('en')));
  });
});

describe('hostile documents', () => {
  const EVIL = [
    `a"><script>alert(1)</script>`,
    `x" onclick="evil()`,
    `x' onmouseover='evil()`,
    `--><img src=x onerror=evil()>`,
    `<![endif]--><script>evil()</script>`,
    `]]><script>`,
  ];

  it.each(EVIL)('%j in every text comes out as text', async (evil) => {
    const picture = { src: 'https://img.hongyan-e2e.org/a.png', alt: evil, width: null, height: null };
    const href = `https://www.hongyan-e2e.org/?q=${evil}`;
    const content = await compiled(
      documentOf(
        { ...newBlock('heading', newId, 'en'), content: richText(evil) },
        { ...newBlock('image', newId, 'en'), image: { ...picture, src: `${picture.src}?${evil}` }, href },
        { ...newBlock('button', newId, 'en'), label: evil, href },
        {
          ...newBlock('imageText', newId, 'en'),
          image: picture,
          href,
          content: richText(evil),
          button: { label: evil, href, bg: null, color: null, radius: 0 },
        },
        {
          ...newBlock('product', newId, 'en'),
          image: picture,
          title: evil,
          description: evil,
          price: evil,
          oldPrice: evil,
          button: null,
          href,
        },
        { ...newBlock('menu', newId, 'en'), items: [{ label: evil, href }] },
        { ...newBlock('unsubscribeFooter', newId, 'en'), unsubscribeLabel: evil },
        { ...newBlock('html', newId, 'en'), html: evil },
        {
          ...newBlock('text', newId, 'en'),
          content: {
            type: 'doc',
            content: [
              {
                type: 'paragraph',
                content: [{ type: 'mergeTag', attrs: { path: 'fields.none', fallback: evil, format: null } }],
              },
            ],
          },
        },
      ),
    );
    const { html } = rendered(content);
    // What stands inside a quoted value is text.
    const markup = (html ?? '').replace(/"[^"]*"/g, '""');
    expect(markup).not.toMatch(/<script|<img src=x|<[^>]{0,500}["'\s]on\w+\s*=/i);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'java\tscript:x', 'vbscript:x', 'file:///etc/passwd'])(
    'refuses the address %j and names the block',
    async (href) => {
      const button = { ...newBlock('button', newId, 'en'), href };
      const found = await problemsOf(documentOf(button));
      const property = 'document.sections.0.columns.0.blocks.0';
      expect(found).toEqual([{ severity: 'error', code: 'LINK_SCHEME', blockId: button.id, property }]);
    },
  );

  it('cleans an html block as a fragment and tells what it took out', async () => {
    const html =
      '<p style="color:red;background:url(https://evil.example/x)" onclick="x()">ok {{default name "x"}}</p><script>1</script><iframe src="https://evil.example"></iframe><a href="javascript:1">l</a></div></td>';
    const block = { ...newBlock('html', newId, 'en'), html };
    const content = await compiled(documentOf(block));
    expect(content.problems).toMatchObject([{ code: 'HTML_REMOVED', blockId: block.id }]);
    expect(rendered(content).html).not.toMatch(/evil\.example|javascript|<script|onclick/);
    expect(rendered(content).html).toContain('ok 李明');
  });
});

describe('problems', () => {
  it('stand at the block they were found in', async () => {
    const [text, image, reusable] = [
      { ...newBlock('text', newId, 'en'), content: richText('fine', 'Hello {{#if name}} open') },
      {
        ...newBlock('image', newId, 'en'),
        image: { src: 'https://a.hongyan-e2e.org/x.png', alt: null, width: 1, height: 1 },
      },
      newReusable('77', newId),
    ];
    expect(await problemsOf(documentOf(text))).toMatchObject([{ code: 'TEMPLATE_SYNTAX', blockId: text.id }]);
    expect(await problemsOf(documentOf(newBlock('spacer', newId, 'en'), image))).toMatchObject([
      { code: 'IMAGE_ALT_MISSING', blockId: image.id, property: 'document.sections.0.columns.0.blocks.1' },
    ]);
    expect(await problemsOf(documentOf(reusable))).toMatchObject([
      { code: 'SAVED_BLOCK_MISSING', blockId: reusable.id },
    ]);
  });

  it('say where a stored document of no known shape is wrong', async () => {
    expect(await problemsOf({ version: 9 })).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'DOCUMENT_INVALID', property: 'document.version' })]),
    );
  });
});

it('a saved block and a saved section stand where they are referred to', async () => {
  const block = { ...newBlock('text', newId, 'en'), content: richText('from a saved block') };
  const section = newSection(newId, [newColumn(newId, [{ ...block, content: richText('from a saved section') }])]);
  const saved: SavedContents = { 1: { kind: 'block', block }, 2: { kind: 'section', section } };
  const document = documentOf(newReusable('1', newId));
  const whole = newSection(newId, [newColumn(newId, [newReusable('2', newId)])]);
  const { html } = rendered(await compiled({ ...document, sections: [whole, ...document.sections] }, saved));
  expect(html).toContain('from a saved block');
  expect(html).toContain('from a saved section');
});
