import { compileContent, createRenderer, SAMPLE_MERGE_DATA } from './index.js';
import type { CompiledContent, RenderUrls, TemplateProblem, TemplateSource } from './index.js';

const urls: RenderUrls = {
  link: (index) => `https://t.test/c/T/${index}`,
  open: 'https://t.test/o/T.gif',
  unsubscribe: 'https://t.test/u/T',
  webVersion: 'https://t.test/w/T',
  preferences: 'https://t.test/p/T',
};
const footer = { html: '<p><a href="{{unsubscribeUrl}}">退订</a></p>', text: '退订：{{unsubscribeUrl}}' };

async function compiled(source: Partial<TemplateSource>, options = { trackLinks: true }): Promise<CompiledContent> {
  const result = await compileContent({ subject: 's', ...source }, { footer: null, ...options });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('\n'));
  return result.content;
}

async function problemsOf(source: Partial<TemplateSource>): Promise<TemplateProblem[]> {
  const result = await compileContent({ subject: 's', ...source }, { trackLinks: true, footer: null });
  return result.ok ? result.content.problems : result.problems;
}

describe('a compiled template', () => {
  it('renders subject, preheader, HTML and text for one recipient', async () => {
    const content = await compiled({
      subject: '你好 {{name}} 🎉',
      preheader: 'R&D {{fields.city}}',
      html: '<html lang="zh-CN"><body><h1>Sale</h1><p>{{name}}: <a href="https://shop.cn/?a=1&amp;b=2">Buy</a></p></body></html>',
    });
    const mail = createRenderer(content).render(SAMPLE_MERGE_DATA, urls);
    expect(mail.subject).toBe('你好 李明 🎉');
    expect(mail.preheader).toBe('R&D 上海');
    expect(mail.html).toMatch(/^<html lang="zh-CN"><body><div style="display:none;[^>]*>R&amp;D 上海&#847;/);
    expect(mail.html).toContain('<p>李明: <a href="https://t.test/c/T/0">Buy</a></p>');
    expect(mail.html).toMatch(/<img src="https:\/\/t\.test\/o\/T\.gif"[^>]*><\/body><\/html>$/);
    expect(mail.text).toBe('Sale\n\n李明: Buy ( https://t.test/c/T/0 )');
    expect(content.links).toEqual([{ url: 'https://shop.cn/?a=1&b=2', dynamic: false }]);
    expect(content.variables).toEqual(['fields.city', 'name']);
  });

  it('survives a JSON round trip', async () => {
    const content = await compiled({ html: '<p>{{name}} <a href="https://x.cn/{{fields.city}}">x</a></p>' });
    const stored = JSON.parse(JSON.stringify(content)) as CompiledContent;
    const [one, other] = [createRenderer(content), createRenderer(stored)];
    expect(other.render(SAMPLE_MERGE_DATA, urls)).toEqual(one.render(SAMPLE_MERGE_DATA, urls));
  });

  it('names property, line and tag of a block that is never closed', async () => {
    expect(await problemsOf({ html: '<p>\n{{#if name}}\n</p>', text: 'a' })).toEqual([
      {
        severity: 'error',
        property: 'html',
        code: 'TEMPLATE_SYNTAX',
        line: 2,
        message: 'Line 2: the block {{#if …}} is never closed. Add {{/if}} where it should end.',
        params: { name: 'if' },
      },
    ]);
  });

  it('appends the footer to both parts exactly where the unsubscribe link is missing', async () => {
    const result = await compileContent(
      { subject: 's', html: '<body><p>Hi</p></body>', text: 'Hi\n{{unsubscribeUrl}}' },
      { trackLinks: true, footer },
    );
    if (!result.ok) throw new Error('does not compile');
    const mail = createRenderer(result.content).render(SAMPLE_MERGE_DATA, { ...urls, open: null });
    expect(mail.html).toBe('<body><p>Hi</p><p><a href="https://t.test/u/T">退订</a></p></body>');
    expect(mail.text).toBe('Hi\nhttps://t.test/u/T');
    expect(result.content.problems.map((problem) => problem.code)).toEqual(['UNSUBSCRIBE_FOOTER_ADDED']);
  });
});
