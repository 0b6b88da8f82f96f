import { readFileSync } from 'node:fs';
import { compileContent, createRenderer, renderUrl, SAMPLE_MERGE_DATA } from './index.js';
import type { CompiledContent, MergeData, RenderedMail, RenderUrls } from './index.js';

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
const urls: RenderUrls = {
  link: (index) => `https://t.test/c/${index}`,
  open: 'https://t.test/o.gif',
  unsubscribe: 'https://t.test/u?a=1&b=2',
  webVersion: 'https://t.test/w',
  preferences: 'https://t.test/p',
};
const footer = { html: '<p><a href="{{unsubscribeUrl}}">Unsubscribe</a></p>', text: 'Unsubscribe: {{unsubscribeUrl}}' };

async function compile(source: Parameters<typeof compileContent>[0]): Promise<CompiledContent> {
  const result = await compileContent(source, { trackLinks: true, footer });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('\n'));
  return result.content;
}

const render = (content: CompiledContent, data: MergeData = SAMPLE_MERGE_DATA): RenderedMail =>
  createRenderer(content).render(data, urls);

describe('the Chinese HTML sale', () => {
  const source = { subject: '{{name}}，春季大促 🌸', preheader: '全场八折', html: fixture('spring-sale.zh.html') };
  const data: MergeData = {
    ...SAMPLE_MERGE_DATA,
    data: {
      products: [
        {
          title: '茶具 "青"',
          url: 'https://shop.example/p/1?a=1&b=2',
          image: 'https://shop.example/1.png',
          price: 1299,
        },
        { title: '<b>', url: 'javascript:alert(1)', image: 'cid:x', price: '88' },
      ],
    },
  };

  it('becomes a complete mail with inlined CSS and its Outlook parts as written', async () => {
    const mail = render(await compile(source), data);
    expect(mail.subject).toBe('李明，春季大促 🌸');
    expect(mail.html).toContain('<html lang="zh-CN"');
    expect(mail.html).toMatch(/<td class="card" style="background: #fff7f0; padding: 24px;"/);
    expect(mail.html).toContain('@media (max-width: 600px)');
    expect(mail.html).toContain('.buy:hover');
    expect(mail.html).toContain('<!--[if mso]><style>.wide { width: 600px !important; }</style><![endif]-->');
    expect(mail.html).toContain('<!--[if !mso]><!-->');
    expect(mail.html).toContain('<!--<![endif]-->');
    expect(mail.html).toContain('您有 1,280 积分');
    expect(mail.html).not.toContain('立得 100 积分');
    expect(mail.html).toContain('<a href="https://shop.example/p/1?a=1&amp;b=2">茶具 &quot;青&quot;</a><br>¥1,299.00');
    expect(mail.html).toContain('<a href="#">&lt;b&gt;</a><br>¥88.00');
    expect(mail.html).toContain('href="https://t.test/u?a=1&amp;b=2"');
    expect(mail.html).not.toMatch(/\{\{|hy-|undefined|\[object/);
  });

  it('shares one link between the VML button and its twin, and leaves mail, anchor and own links alone', async () => {
    const content = await compile(source);
    expect(content.links).toEqual([
      { url: 'https://shop.example/spring?from=mail&lang=zh', dynamic: false },
      { url: 'https://shop.example/store/{{fields.city}}?name={{name}}', dynamic: true },
    ]);
    const html = render(content, data).html ?? '';
    expect(html.match(/href="https:\/\/t\.test\/c\/0"/g)).toHaveLength(2);
    expect(html.match(/href="https:\/\/t\.test\/c\/1"/g)).toHaveLength(1);
    expect(html).toContain('href="mailto:help@shop.example"');
    expect(html).toContain('href="#top"');
    expect(renderUrl(content.links[1]?.url ?? '', data)).toBe(
      'https://shop.example/store/%E4%B8%8A%E6%B5%B7?name=%E6%9D%8E%E6%98%8E',
    );
  });

  it('warns only of what is worth a look', async () => {
    const content = await compile(source);
    expect(content.problems.map(({ code, line }) => ({ code, line }))).toEqual([
      { code: 'LINK_NOT_TRACKED', line: expect.any(Number) },
    ]);
  });

  it('gets a text part with the same links', async () => {
    const { text } = render(await compile(source), data);
    expect(text).toContain('春季大促 🌸 全场八折\n\n李明，您好！');
    expect(text).toContain('立即选购 ( https://t.test/c/0 )');
    expect(text).toContain('上海门店 ( https://t.test/c/1 )');
    expect(text).toContain('茶具 "青" ( https://shop.example/p/1?a=1&b=2 )');
    expect(text).toContain('退订 ( https://t.test/u?a=1&b=2 )');
    expect(text).not.toMatch(/\{\{|hy-|&amp;|shop\.example\/1\.png/);
  });

  it('takes the other branches for other people', async () => {
    const mail = render(await compile(source), { ...SAMPLE_MERGE_DATA, name: ' ', fields: {}, data: {} });
    expect(mail.html).toContain('亲爱的朋友，您好！');
    expect(mail.html).toContain('立得 100 积分');
    expect(mail.html).toContain('敬请期待');
  });
});

describe('the English MJML newsletter', () => {
  const source = { subject: 'News', mjml: fixture('newsletter.en.mjml') };

  it('becomes HTML without remote fonts, with blocks around whole sections', async () => {
    const content = await compile(source);
    const member = render(content).html ?? '';
    const other = render(content, { ...SAMPLE_MERGE_DATA, fields: {} }).html ?? '';
    expect(member).toContain('<html lang="en"');
    expect(member).toContain('<!--[if mso | IE]>');
    expect(member).toContain('Members only since March 5, 1990');
    expect(other).not.toContain('Members only');
    expect(member).not.toMatch(/fonts\.googleapis|\{\{|hy-/);
    expect(member.split('<table').length).toBeGreaterThan(other.split('<table').length);
  });

  it('has a link table in the order of the mail', async () => {
    const content = await compile(source);
    expect(content.links.map((link) => link.url)).toEqual([
      'https://news.example/',
      'https://news.example/1?ref=mail&n=1',
      'https://news.example/club?u={{email}}',
      'https://github.example/news',
      'https://github.example/news',
    ]);
  });

  it('gets the footer, because it has no unsubscribe link', async () => {
    const content = await compile(source);
    expect(content.problems.map((problem) => problem.code)).toEqual(['UNSUBSCRIBE_FOOTER_ADDED']);
    const mail = render(content);
    expect(mail.html).toContain('<p><a href="https://t.test/u?a=1&amp;b=2">Unsubscribe</a></p>');
    expect(mail.text).toMatch(/Unsubscribe \( https:\/\/t\.test\/u\?a=1&b=2 \)$/);
    expect(mail.text).toContain('Hello 李明,\n\nThree short stories & one long read.');
  });
});

describe('the Chinese letter of text only', () => {
  it('is rendered without an HTML part and with nothing escaped', async () => {
    const content = await compile({ subject: '通知', text: fixture('letter.zh.txt') });
    const mail = render(content, { ...SAMPLE_MERGE_DATA, name: '李 & 明', data: { startsAt: '2026-05-01T02:00:00Z' } });
    expect(mail.html).toBeNull();
    expect(mail.text).toBe(
      '李 & 明，您好：\n\n上海的活动定于 2026年5月1日 举行。\n报名：https://event.example/signup?e=li.ming@example.com\n\n' +
        '示例品牌\n退订：https://t.test/u?a=1&b=2\n',
    );
    expect(content.links).toEqual([]);
    expect(content.problems).toEqual([]);
  });
});
