import fc from 'fast-check';
import { compileContent, createRenderer, renderUrl, SAMPLE_MERGE_DATA } from './index.js';
import type { CompiledContent, MergeData, RenderUrls } from './index.js';

const urls: RenderUrls = {
  link: (index) => `https://t.test/c/${index}`,
  open: null,
  unsubscribe: 'https://t.test/u',
  webVersion: 'https://t.test/w',
  preferences: 'https://t.test/p',
};

async function compiled(html: string, trackLinks = true): Promise<{ content: CompiledContent; html: string }> {
  const result = await compileContent({ subject: 's', html, text: '{{unsubscribeUrl}}' }, { trackLinks, footer: null });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('\n'));
  return { content: result.content, html: createRenderer(result.content).render(SAMPLE_MERGE_DATA, urls).html ?? '' };
}

const anchor = fc.record({
  url: fc.webUrl({ withQueryParameters: true, withFragments: true }).filter((url) => !/[{}'\\]/.test(url)),
  quote: fc.constantFrom('"', "'"),
  shape: fc.constantFrom('a', 'area', 'kept', 'outlook'),
  space: fc.constantFrom('', ' ', '\n'),
});

describe('the link table', () => {
  it('lists exactly the addresses of the mail, in order, and a click restores each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anchor, { maxLength: 12 }), async (anchors) => {
        const parts = anchors.map(({ url, quote, shape, space }) => {
          const value = `${quote}${space}${url.replaceAll('&', '&amp;')}${space}${quote}`;
          if (shape === 'kept') return `<a href="mailto:x@x.cn?subject=${encodeURIComponent(url)}">x</a>`;
          if (shape === 'outlook')
            return `<!--[if mso]><v:rect href=${value}></v:rect><![endif]--><p>-</p><a href=${value}>x</a>`;
          return `<${shape} class=x href = ${value} title="y">`;
        });
        const expected = anchors.filter(({ shape }) => shape !== 'kept').map(({ url }) => url);
        const { content, html } = await compiled(parts.join('<br>'));
        expect(content.links).toEqual(expected.map((url) => ({ url, dynamic: false })));
        const indexes = Array.from(html.matchAll(/t\.test\/c\/(\d+)/g), (match) => Number(match[1]));
        expect([...new Set(indexes)]).toEqual(expected.map((_url, index) => index));
        expect(indexes).toHaveLength(expected.length + anchors.filter(({ shape }) => shape === 'outlook').length);
        expect(await compiled(parts.join('<br>'))).toEqual({ content, html });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [
      'equal addresses in two anchors',
      '<a href="https://x.cn">a</a><a href="https://x.cn">b</a>',
      ['https://x.cn', 'https://x.cn'],
      [0, 1],
    ],
    [
      'a VML button before its twin',
      '<!--[if mso]><v:roundrect href="https://x.cn"></v:roundrect><![endif]--><a href="https://x.cn">a</a>',
      ['https://x.cn'],
      [0, 0],
    ],
    [
      'a VML button after its twin',
      '<a href="https://x.cn">a</a><!--[if mso]><v:roundrect href="https://x.cn"></v:roundrect><![endif]-->',
      ['https://x.cn'],
      [0, 0],
    ],
    [
      'a VML button with an anchor inside',
      '<a href="https://y.cn">y</a><!--[if mso]><v:rect href="https://x.cn"><a href="https://x.cn">a</a></v:rect><![endif]--><a href="https://x.cn">a</a>',
      ['https://y.cn', 'https://x.cn'],
      [0, 1, 1, 1],
    ],
    [
      'VML with a link of its own',
      '<!--[if mso]><v:rect href="https://y.cn"></v:rect><![endif]--><a href="https://x.cn">a</a>',
      ['https://y.cn', 'https://x.cn'],
      [0, 1],
    ],
    ['links without quotes', '<a href=https://x.cn>a</a>', ['https://x.cn'], [0]],
    ['upper case', '<A HREF="HTTPS://X.CN">a</A>', ['HTTPS://X.CN'], [0]],
    ['an address broken over lines', '<a href="https://x.cn/\n  a b">a</a>', ['https://x.cn/%20%20a%20b'], [0]],
    [
      'entities in an address',
      '<a href="https://x.cn/?a=1&amp;b=2&#38;c&copy=3">a</a>',
      ['https://x.cn/?a=1&b=2&c&copy=3'],
      [0],
    ],
    [
      'braces in an address',
      '<a href="https://x.cn/&#123;&#123;name&#125;&#125;">a</a>',
      ['https://x.cn/%7B%7Bname%7D%7D'],
      [0],
    ],
    ['a comment of HTML', '<!-- <a href="https://x.cn">a</a> --><a href="https://y.cn">b</a>', ['https://y.cn'], [0]],
  ])('numbers %s', async (_name, source, links, indexes) => {
    const { content, html } = await compiled(source);
    expect(content.links.map((link) => link.url)).toEqual(links);
    expect([...html.matchAll(/t\.test\/c\/(\d+)/g)].map((match) => Number(match[1]))).toEqual(indexes);
  });

  it('leaves every byte around the links as written', async () => {
    const around = [
      "<DIV  Class = x\tid='y'>\r\n<!--[if (gte mso 9)|(IE)]><table><tr><td><![endif]-->&nbsp;&lt;",
      ' Title=z>a</a><![if !mso]><br/><![endif]></DIV><p>open',
    ];
    const { html } = await compiled(around.join('<a href="https://x.cn"'));
    expect(html).toBe(around.join('<a href="https://t.test/c/0"').replaceAll('\r\n', '\n'));
  });

  it('is empty and changes no link where links are not tracked', async () => {
    const { content, html } = await compiled(
      '<a href="https://x.cn/?a&amp;b">a</a><a href="https://x.cn/{{name}}">b</a>',
      false,
    );
    expect(content.links).toEqual([]);
    expect(html).toBe('<a href="https://x.cn/?a&amp;b">a</a><a href="https://x.cn/%E6%9D%8E%E6%98%8E">b</a>');
  });

  it('keeps links to the unsubscribe page and the web version out, however they are written', async () => {
    const { content, html } = await compiled(
      '<a href="{{unsubscribeUrl}}">a</a><a href=\'{{ webVersionUrl }}\'>b</a><a href="{{default unsubscribeUrl "x"}}">c</a>',
    );
    expect(content.links).toEqual([]);
    expect(html).toBe(
      '<a href="https://t.test/u">a</a><a href=\'https://t.test/w\'>b</a><a href="https://t.test/u">c</a>',
    );
  });
});

describe('a dynamic link at click time', () => {
  const person = (fields: MergeData['fields'], name = '李 明'): MergeData => ({ ...SAMPLE_MERGE_DATA, name, fields });
  it.each([
    ['{{fields.url}}', { url: 'https://x.cn/a b?c=中' }, 'https://x.cn/a%20b?c=%E4%B8%AD'],
    ['{{fields.url}}', { url: 'http://例子.cn' }, 'http://xn--fsqu00a.cn/'],
    ['{{fields.url}}', { url: 'javascript:alert(1)' }, null],
    ['{{fields.url}}', { url: 'JAVASCRIPT://x.cn/%0aalert(1)' }, null],
    ['{{fields.url}}', { url: '//x.cn' }, null],
    ['{{fields.url}}', { url: '/path' }, null],
    ['{{fields.url}}', {}, null],
    ['{{fields.url}}', { url: 'https://' }, null],
    ['{{fields.url}}', { url: 'tel:+861012345' }, 'tel:+861012345'],
    ['https://x.cn/{{fields.path}}', { path: 'a/b c?d' }, 'https://x.cn/a/b%20c%3Fd'],
    [
      'https://x.cn/?q={{fields.q}}&n={{name}}',
      { q: 'a&b=c/d#e' },
      'https://x.cn/?q=a%26b%3Dc%2Fd%23e&n=%E6%9D%8E%20%E6%98%8E',
    ],
    ['https://{{fields.host}}.x.cn/', { host: 'evil.example/' }, 'https://evil.example.x.cn/'],
    ['https://{{fields.host}}.x.cn/', { host: 'evil.example#' }, 'https://evil.example.x.cn/'],
    ['https://user@{{fields.host}}', { host: 'a@b:80' }, 'https://user@ab80/'],
    ['https://x.cn{{fields.path}}', { path: '/a' }, 'https://x.cn/a'],
    ['{{#if fields.vip}}https://x.cn/vip{{else}}https://x.cn/{{/if}}', { vip: true }, 'https://x.cn/vip'],
    ['https://x.cn/{{default fields.none "a"}}', {}, 'https://x.cn/a'],
    ['https://x.cn/{{fields.x}}', { x: '{{name}}' }, 'https://x.cn/%7B%7Bname%7D%7D'],
    ['https://x.cn/{{oops name}}', {}, null],
    ['https://x.cn/{{#if', {}, null],
  ])('%s with %j leads to %s', (template, fields, expected) => {
    expect(renderUrl(template, person(fields as MergeData['fields']))).toBe(expected);
  });
});
