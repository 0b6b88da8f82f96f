import { compileContent, createRenderer, RenderError, SAMPLE_MERGE_DATA, SAMPLE_URLS } from './index.js';
import type { MergeData, TemplateSource } from './index.js';

const full = (piece: string, bytes = 500_000): string => piece.repeat(Math.floor(bytes / piece.length));
const mjml = (body: string): string => `<mjml><mj-body>${body}</mj-body></mjml>`;

/** Each took seconds to minutes, or the stack, in one of the tools before its limit existed. */
const REFUSED: Array<[string, Partial<TemplateSource>, string]> = [
  ['flat tags', { html: full('{{name}}') }, 'TEMPLATE_TOO_LARGE'],
  ['escaped tags', { html: full('\\{{') }, 'TEMPLATE_TOO_LARGE'],
  ['comments', { html: full('{{!a}}') }, 'TEMPLATE_TOO_LARGE'],
  ['nested blocks', { text: full('{{#if a}}', 20_000) }, 'TEMPLATE_TOO_DEEP'],
  ['a long chain of branches', { html: `{{#if a}}${'{{else if b}}'.repeat(2_000)}{{/if}}` }, 'TEMPLATE_TOO_DEEP'],
  [
    'four lists in one another',
    { html: `${'{{#each tags}}'.repeat(4)}x${'{{/each}}'.repeat(4)}` },
    'TEMPLATE_TOO_DEEP',
  ],
  ['nested parentheses', { html: `{{${'upper ('.repeat(100)}name${')'.repeat(100)}}}` }, 'TEMPLATE_TOO_DEEP'],
  ['an endless tag', { html: `{{${'('.repeat(100_000)}` }, 'TEMPLATE_SYNTAX'],
  ['nested elements', { html: full('<div>') }, 'TEMPLATE_TOO_DEEP'],
  ['many elements', { html: full('<br>') }, 'TEMPLATE_TOO_LARGE'],
  ['many attributes', { html: `<a ${full('a=b ')}>` }, 'TEMPLATE_TOO_LARGE'],
  ['many links', { html: '<a href="https://x.cn">a</a>'.repeat(5_000) }, 'TEMPLATE_TOO_LARGE'],
  ['an endless link', { html: `<a href="https://x.cn/${full('&#')}">` }, 'TEMPLATE_TOO_LARGE'],
  ['more bytes than allowed', { html: '字'.repeat(180_000) }, 'TEMPLATE_TOO_LARGE'],
  ['more text than allowed', { text: full('a', 300_000) }, 'TEMPLATE_TOO_LARGE'],
  ['nested components', { mjml: mjml('<mj-section>'.repeat(1_000)) }, 'TEMPLATE_TOO_DEEP'],
  ['many components', { mjml: mjml(full('<mj-section></mj-section>')) }, 'TEMPLATE_TOO_LARGE'],
  [
    'inlined CSS of MJML',
    {
      mjml: `<mjml><mj-head><mj-style inline="inline">${full('.a{color:red}', 200_000)}</mj-style></mj-head><mj-body></mj-body></mjml>`,
    },
    'MJML_INVALID',
  ],
];

/** Accepted, and must not cost more than the default time-out either. */
const ACCEPTED: Array<[string, Partial<TemplateSource>]> = [
  ['angle brackets', { html: full('<') }],
  ['open comments', { html: full('<!--') }],
  ['open conditionals', { html: full('<!--[if a]>') }],
  ['open style elements', { html: full('<style>') }],
  ['an open quote', { html: `<a title="${full('x')}` }],
  [
    'CSS with more work than inlining may do',
    { html: `<style>${full('p{color:red}', 200_000)}</style>${'<p>x</p>'.repeat(2_000)}` },
  ],
  ['one selector of 100,000 words', { html: `<style>${full('p ', 200_000)}{color:red}</style><p>x</p>` }],
  ['CSS that never closes', { html: `<style>${full('@media{', 200_000)}</style><p>` }],
  ['nested tables', { html: '<table><tr><td>'.repeat(150) }],
  ['white space', { html: `<pre>${full(' ')}x</pre>` }],
  ['entities', { html: full('&amp;') }],
];

describe('a hostile template', () => {
  it.each(REFUSED)('is refused: %s', async (_name, source, code) => {
    const result = await compileContent({ subject: 's', ...source }, { trackLinks: true, footer: null });
    expect(result.ok ? 'accepted' : result.problems[0]?.code).toBe(code);
    expect(JSON.stringify(result).length).toBeLessThan(100_000);
  });

  it.each(ACCEPTED)('is compiled in time: %s', async (_name, source) => {
    const result = await compileContent({ subject: 's', ...source }, { trackLinks: true, footer: null });
    expect(result).toMatchObject({ ok: true });
  });
});

describe('data too large for a mail', () => {
  const list = (length: number): MergeData => ({
    ...SAMPLE_MERGE_DATA,
    data: { list: Array.from({ length }, () => 'x') },
  });
  it.each([
    ['a list of too many items', '{{#each data.list}}{{this}}{{/each}}', list(1_001)],
    ['lists in lists', '{{#each data.list}}{{#each ../data.list}}{{this}}{{/each}}{{/each}}', list(1_000)],
    ['a long body for many items', `{{#each data.list}}${'x'.repeat(10_000)}{{/each}}`, list(1_000)],
    ['one long value', '{{name}}', { ...SAMPLE_MERGE_DATA, name: 'x'.repeat(70_000) }],
    ['many longish values', '{{name}}'.repeat(100), { ...SAMPLE_MERGE_DATA, name: 'x'.repeat(60_000) }],
  ])('is refused for that recipient alone: %s', async (_name, html, data) => {
    const result = await compileContent({ subject: 's', html, text: 't' }, { trackLinks: true, footer: null });
    if (!result.ok) throw new Error('does not compile');
    const renderer = createRenderer(result.content);
    const failure = ((): unknown => {
      try {
        return renderer.render(data, SAMPLE_URLS);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(RenderError);
    expect(failure).toMatchObject({ code: 'RENDER_TOO_LARGE' });
    expect(renderer.render(list(2), SAMPLE_URLS).html).not.toBe('');
  });
});
