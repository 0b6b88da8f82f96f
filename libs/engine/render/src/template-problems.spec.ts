import { compileContent } from './index.js';
import type { CompileOptions, TemplateProblem, TemplateSource } from './index.js';

async function problems(
  source: Partial<TemplateSource>,
  options: Partial<CompileOptions> = {},
): Promise<TemplateProblem[]> {
  const whole = { subject: 's', ...source };
  const result = await compileContent(whole, { trackLinks: true, footer: null, ...options });
  const found = result.ok ? result.content.problems : result.problems;
  expect(found.some((problem) => problem.severity === 'error')).toBe(!result.ok);
  return found.filter((problem) => problem.code !== 'NO_UNSUBSCRIBE');
}
const brief = (found: TemplateProblem[]): string[] =>
  found.map((problem) => `${problem.severity} ${problem.property} ${problem.line ?? '-'} ${problem.code}`);

describe('problems of a template', () => {
  it.each<[string, Partial<TemplateSource>, string[]]>([
    ['an unknown helper', { html: '\n<p>{{shout name}}</p>' }, ['error html 2 TEMPLATE_UNKNOWN_HELPER']],
    ['a helper used as a block', { html: '{{#eq name "a"}}x{{/eq}}' }, ['error html 1 TEMPLATE_UNKNOWN_HELPER']],
    ['an unknown block', { text: 'a\nb\n{{#fields}}x{{/fields}}' }, ['error text 3 TEMPLATE_UNKNOWN_HELPER']],
    [
      'lookup and log',
      { text: '{{lookup fields "a"}}\n{{log name}}' },
      ['error text 1 TEMPLATE_UNKNOWN_HELPER', 'error text 2 TEMPLATE_UNKNOWN_HELPER'],
    ],
    ['too few arguments', { subject: '{{eq name}}', text: 'x' }, ['error subject 1 TEMPLATE_HELPER_ARGUMENTS']],
    ['a helper without arguments', { text: '{{upper}}' }, ['error text 1 TEMPLATE_HELPER_ARGUMENTS']],
    [
      'named arguments',
      { text: '{{upper name x=1}}{{#if name y=2}}{{/if}}' },
      ['error text 1 TEMPLATE_HELPER_ARGUMENTS', 'error text 1 TEMPLATE_HELPER_ARGUMENTS'],
    ],
    [
      'unescaped output',
      { html: 'a\n{{{name}}}{{&name}}' },
      ['error html 2 TEMPLATE_UNESCAPED', 'error html 2 TEMPLATE_UNESCAPED'],
    ],
    [
      'a raw block',
      { html: '{{{{raw}}}}x{{{{/raw}}}}' },
      ['error html 1 TEMPLATE_UNESCAPED', 'error html 1 TEMPLATE_UNESCAPED'],
    ],
    [
      'partials and decorators',
      { html: '{{> a}}\n{{> (b)}}\n{{* c}}' },
      ['error html 1 TEMPLATE_PARTIAL', 'error html 2 TEMPLATE_PARTIAL', 'error html 3 TEMPLATE_PARTIAL'],
    ],
    [
      'a way to a prototype',
      { text: '{{fields.constructor}}{{__proto__.x}}' },
      ['error text 1 TEMPLATE_FORBIDDEN_PATH', 'error text 1 TEMPLATE_FORBIDDEN_PATH'],
    ],
    ['a reserved name', { text: '{{hy-open}}' }, ['error text 1 TEMPLATE_FORBIDDEN_PATH']],
    ['a reserved block', { html: '{{#hy-url}}x{{/hy-url}}' }, ['error html 1 TEMPLATE_UNKNOWN_HELPER']],
    [
      'an unknown variable',
      { text: '\n{{firstname}} {{workspace.phone}}' },
      ['warning text 2 TEMPLATE_UNKNOWN_VARIABLE', 'warning text 2 TEMPLATE_UNKNOWN_VARIABLE'],
    ],
    ['a tag that cannot be read', { preheader: 'x {{a,b}}', text: 'x' }, ['error preheader 1 TEMPLATE_SYNTAX']],
    ['lines that end with CRLF', { text: 'a\r\nb\r\n{{name' }, ['error text 3 TEMPLATE_SYNTAX']],
    [
      'several parts at once',
      { subject: '{{', html: '{{#if a}}', text: '{{/if}}' },
      ['error subject 1 TEMPLATE_SYNTAX', 'error text 1 TEMPLATE_SYNTAX', 'error html 1 TEMPLATE_SYNTAX'],
    ],
    [
      'code in a link',
      { html: '<a href=" Java&#115;cript:alert(1)">x</a>\n<a href="data:text/html,x">y</a>' },
      ['error html 1 LINK_SCHEME', 'error html 2 LINK_SCHEME'],
    ],
    [
      'odd links',
      { html: '<a href="weixin://x">a</a><a href="www.x.cn">b</a><a href="">c</a><a name="d">d</a>' },
      ['warning html 1 LINK_UNUSUAL_SCHEME', 'warning html 1 LINK_RELATIVE', 'warning html 1 LINK_EMPTY'],
    ],
    [
      'images',
      { html: '<img src="https://x.cn/a.png">\n<img src="a.png" alt="">\n<img src="data:image/png;base64,x" alt="x">' },
      ['warning html 1 IMAGE_ALT_MISSING', 'warning html 2 IMAGE_SOURCE', 'warning html 3 IMAGE_SOURCE'],
    ],
    [
      'elements that mail programs remove',
      { html: '<p>x</p>\n<script>1</script><form></form>' },
      ['warning html 2 ELEMENT_UNSUPPORTED', 'warning html 2 ELEMENT_UNSUPPORTED'],
    ],
    [
      'errors of every kind together',
      { html: '{{shout name}}\n<a href="javascript:x">y</a>\n<a href={{name}}>z</a>' },
      ['error html 1 TEMPLATE_UNKNOWN_HELPER', 'error html 2 LINK_SCHEME', 'error html 3 TEMPLATE_UNSAFE_PLACE'],
    ],
    ['no content', { html: ' ', text: '' }, ['error html - TEMPLATE_EMPTY']],
    ['two contents', { html: '<p>', mjml: '<mjml></mjml>' }, ['error mjml - TEMPLATE_EMPTY']],
    [
      'a block in a style sheet',
      { html: '<style>{{#if name}}p{}{{/if}}</style><p>x</p>' },
      ['warning html - CSS_NOT_INLINED'],
    ],
    ['a mail near the limit', { html: `<p>${'字'.repeat(25_000)}</p>` }, ['warning html - SIZE_NEAR_CLIPPING']],
    ['a mail past the limit', { html: `<p>${'字'.repeat(33_000)}</p>` }, ['warning html - SIZE_CLIPPED']],
    [
      'a block in the head that ends in the body',
      { html: '<head>{{#if name}}</head><body>{{/if}}x{{name}}</body>' },
      ['warning text - TEXT_NOT_GENERATED'],
    ],
  ])('finds %s', async (_name, source, expected) => {
    expect(brief(await problems(source))).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['an unknown component', '<mjml><mj-body>\n<mj-foo></mj-foo></mj-body></mjml>', ['error mjml 2 MJML_INVALID']],
    [
      'a component in the wrong place',
      '<mjml><mj-body>\n<mj-text>x</mj-text></mj-body></mjml>',
      ['error mjml 2 MJML_INVALID'],
    ],
    ['an unclosed component', '<mjml>\n<mj-body></mjml>', ['error mjml 2 MJML_INVALID']],
    [
      'an include',
      '<mjml><mj-body>\n<mj-include path="/etc/passwd" /></mj-body></mjml>',
      ['error mjml 2 MJML_INVALID'],
    ],
    ['no MJML at all', 'Hello', ['error mjml 1 MJML_INVALID']],
    [
      'a tag between components',
      '<mjml><mj-body>\n\n{{#if name}}<mj-section></mj-section>{{/if}}</mj-body></mjml>',
      ['error mjml 3 MJML_INVALID', 'error mjml 3 MJML_INVALID'],
    ],
    [
      'an unknown attribute, after a tag of two lines',
      '<mjml><mj-body><mj-section><mj-column><mj-text>{{default\nname "x"}}</mj-text>\n<mj-text foo="1">x</mj-text></mj-column></mj-section></mj-body></mjml>',
      ['warning mjml 3 MJML_WARNING'],
    ],
    [
      'an unknown attribute, before a tag of two lines',
      '<mjml><mj-body><mj-section><mj-column>\n<mj-text foo="1">{{default\nname "x"}}</mj-text></mj-column></mj-section></mj-body></mjml>',
      ['warning mjml 2 MJML_WARNING'],
    ],
    [
      'an attribute that would open another',
      '<mjml><mj-body><mj-section><mj-column><mj-image src="https://x.cn/a.png" alt="a&quot;><script>" /></mj-column></mj-section></mj-body></mjml>',
      [],
    ],
    [
      'a value an attribute can not have',
      '<mjml><mj-body><mj-section><mj-column>\n<mj-text color="banana">x</mj-text></mj-column></mj-section></mj-body></mjml>',
      ['warning mjml 2 MJML_WARNING'],
    ],
  ])('finds %s in MJML', async (_name, mjml, expected) => {
    expect(brief(await problems({ mjml }))).toEqual(expected);
  });

  it('finds an error behind a hundred warnings', async () => {
    const found = await problems({
      html: `${'<img src="https://x.cn/a.png">'.repeat(300)}{{a}}<a href="javascript:x">y</a>`,
    });
    expect(found).toHaveLength(100);
    expect(found[0]).toMatchObject({ code: 'LINK_SCHEME' });
  });

  it('says where and how to help', async () => {
    const [found] = await problems({ html: '<p>\n<a href={{fields.url}}>x</a>' });
    expect(found).toEqual({
      severity: 'error',
      property: 'html',
      code: 'TEMPLATE_UNSAFE_PLACE',
      line: 2,
      message: 'Line 2: "{{fields.url}}" is an attribute value without quotes. Put quotes around the value.',
      params: { tag: '{{fields.url}}' },
    });
  });

  it.each([
    ['{{unsubscribeUrl}}', []],
    ['<a href="{{unsubscribeUrl}}">x</a>', []],
    ['{{#if name}}{{unsubscribeUrl}}{{else}}<a href="{{unsubscribeUrl}}">x</a>{{/if}}', []],
    ['{{#if name}}{{unsubscribeUrl}}{{/if}}', ['NO_UNSUBSCRIBE']],
    ['{{#each tags}}{{@root.unsubscribeUrl}}{{/each}}', ['NO_UNSUBSCRIBE']],
    ['<!-- {{unsubscribeUrl}} -->', ['NO_UNSUBSCRIBE']],
    ['\\{{unsubscribeUrl}}', ['NO_UNSUBSCRIBE']],
  ])('%j reaches every recipient, or the missing unsubscribe link is reported', async (html, expected) => {
    const result = await compileContent({ subject: 's', html }, { trackLinks: true, footer: null });
    const found = result.ok ? result.content.problems.map((problem) => problem.code) : ['error'];
    expect(found.filter((code) => code === 'NO_UNSUBSCRIBE')).toEqual(expected);
  });

  it('names the contact field that does not exist, where the fields are known', async () => {
    const source = { subject: '{{fields.city}}', html: '<p>{{fields.city}}</p>\n{{#if fields.nope}}x{{/if}}' };
    const found = await problems(source, { fields: ['city'] });
    expect(brief(found)).toEqual(['warning html 2 TEMPLATE_UNKNOWN_FIELD']);
    expect(found[0]?.params).toEqual({ name: 'nope' });
    expect(brief(await problems(source))).toEqual([]);
  });

  it.each([
    ['<mj-txt>x</mj-txt>', { kind: 'unknownElement', element: 'mj-txt' }],
    ['<mj-text colour="red">x</mj-text>', { kind: 'unknownAttribute', element: 'mj-text', attribute: 'colour' }],
    [
      '<mj-text align="middle">x</mj-text>',
      { kind: 'badValue', element: 'mj-text', attribute: 'align', value: 'middle' },
    ],
    ['<mj-body></mj-body>', { kind: 'misplaced', element: 'mj-body', parent: 'mj-column', allowed: 'mjml' }],
    ['<mj-text>x', { kind: 'closesNothing', element: 'mj-column' }],
  ])('says in parts what is wrong with %s', async (inner, params) => {
    const [found] = await problems({
      mjml: `<mjml><mj-body><mj-section><mj-column>${inner}</mj-column></mj-section></mj-body></mjml>`,
    });
    expect(found?.params).toEqual(params);
  });

  it("reports a broken footer as the footer, not as the user's text", async () => {
    const found = await problems({ html: '<p>x</p>' }, { footer: { html: '<p>\n{{oops', text: '' } });
    expect(brief(found)).toEqual(['error footer 2 TEMPLATE_SYNTAX']);
  });
});
