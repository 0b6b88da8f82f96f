import fc from 'fast-check';
import sanitizeHtml from 'sanitize-html';
import { compileContent, createRenderer, renderUrl } from './index.js';
import type { MergeData, RenderUrls, Renderer } from './index.js';

const urls: RenderUrls = {
  link: (index) => `https://t.test/c/${index}`,
  open: null,
  unsubscribe: 'https://t.test/u',
  webVersion: 'https://t.test/w',
  preferences: 'https://t.test/p',
};

function recipient(value: string): MergeData {
  return {
    email: value,
    name: value,
    fields: { a: value, b: value, [value]: value },
    tags: [value, value],
    campaign: { name: value },
    workspace: { name: value, postalAddress: value },
    data: { list: [{ a: value }], [value]: value },
  };
}

const HTML = `<!doctype html><html><head><title>{{name}}</title><style>p{color:{{fields.a}};}@media print{p{color:{{fields.b}} }}</style></head>
<body background="{{fields.a}}"><!-- {{name}} -->
<p title="{{name}}" lang='{{fields.a}}' style="color:{{fields.a}};width:{{fields.b}}px">{{name}} {{default fields.a "x"}}</p>
<a href="{{fields.a}}">1</a><a href="https://x.cn/{{fields.a}}?q={{name}}#{{fields.b}}">2</a><a href="https://{{fields.a}}/">3</a>
<a href="mailto:{{email}}?subject={{name}}">4</a><img src="{{fields.a}}" alt="{{name}}"><img src="https://x.cn/{{fields.a}}.png" alt='{{tags}}'>
{{#each tags}}<a href="{{this}}">{{this}}</a>{{@index}}{{/each}}{{#each data}}{{@key}}{{/each}}{{#each data.list}}<b title="{{a}}">{{../name}}</b>{{/each}}
{{#with workspace}}<i>{{postalAddress}}</i>{{/with}}{{upper name}}{{lower campaign.name}}{{or fields.none name}}
<!--[if mso]><v:rect href="{{fields.a}}" title="{{name}}">{{name}}</v:rect><![endif]--><textarea>{{name}}</textarea>
</body></html>`;

/** Element and attribute names in order, as an independent parser sees them, and the addresses. */
function structure(html: string): { names: string[]; addresses: string[] } {
  const names: string[] = [];
  const addresses: string[] = [];
  sanitizeHtml(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    transformTags: {
      '*': (tagName, attribs) => {
        names.push(`${tagName} ${Object.keys(attribs).join(' ')}`);
        for (const name of ['href', 'src', 'background'])
          if (attribs[name] !== undefined) addresses.push(attribs[name]);
        return { tagName, attribs };
      },
    },
  });
  return { names, addresses };
}

async function renderer(trackLinks: boolean): Promise<Renderer> {
  const source = {
    subject: '{{name}} {{default fields.a "x"}}',
    preheader: '{{name}}',
    html: HTML,
    text: '{{name}}\n{{tags}}',
  };
  const result = await compileContent(source, { trackLinks, footer: null });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('\n'));
  return createRenderer(result.content);
}

const PAYLOADS = [
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '" onload="alert(1)',
  'javascript:alert(1)',
  ' java\tscript:alert(1)',
  'data:text/html,<script>',
  '</title><script>',
  '</style><script>',
  '--><script>',
  '<!--',
  '<![endif]-->',
  '{{email}}{{/if}}{{{name}}}',
  '\r\nBcc: x@example.com\r\n\r\n',
  '\u2028\u0085\u000b\u0000',
  'red;background:url(//x)}body{',
  '//evil.example',
  'https://evil.example/"onclick=alert(1)',
  '`\\`=&lt;&#60;&quot;',
  '\ud800 \udfff 😀 中文',
  '__proto__',
];
const anything = fc.oneof(
  fc.constantFrom(...PAYLOADS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom(...PAYLOADS, '"', "'", '<', '>', '&', ' ', '=', '/', '{{', '}}', '\n', 'x'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
);

describe.each([true, false])('data in a mail (links tracked: %s)', (trackLinks) => {
  it('can introduce no element, attribute, comment or foreign address', async () => {
    const mail = await renderer(trackLinks);
    const harmless = mail.render(recipient('x'), urls).html ?? '';
    const expected = structure(harmless);
    const count = (text: string, char: string): number => text.split(char).length;
    fc.assert(
      fc.property(anything, (value) => {
        const html = mail.render(recipient(value), urls).html ?? '';
        const { names, addresses } = structure(html);
        expect(names).toEqual(expected.names);
        for (const char of ['<', '>', '"', "'", '-->']) expect(count(html, char)).toBe(count(harmless, char));
        for (const address of addresses) expect(address).toMatch(/^(?:https?:\/\/[^/\\]|mailto:|tel:|#$)/i);

        expect(html).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/u);
      }),
      { numRuns: 500 },
    );
  });

  it('can add no line to subject, preheader or text', async () => {
    const mail = await renderer(trackLinks);
    fc.assert(
      fc.property(anything, (value) => {
        const { subject, preheader, text } = mail.render(recipient(value), urls);

        for (const line of [subject, preheader])
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u);
        expect(subject.length).toBeLessThanOrEqual(998);
        expect(text.split(/\r\n|[\n\r\u2028\u2029\u0085]/)).toHaveLength(2);
      }),
      { numRuns: 500 },
    );
  });
});

describe('data in CSS', () => {
  it.each([
    ['#fff', '#fff'],
    ['12.5%', '12.5%'],
    ['微软雅黑, sans-serif', '微软雅黑, sans-serif'],
    ['red;background:url(//x)', 'redbackgroundurlx'],
    ['}body{display:none', 'bodydisplaynone'],
    ['\\22"\'/*', '22'],
  ])('%s becomes %s', async (value, expected) => {
    const html = '<style>@media print { p { color: {{fields.a}}; } }</style><p style="color:{{fields.a}}">x</p>';
    const result = await compileContent({ subject: 's', html }, { trackLinks: true, footer: null });
    if (!result.ok) throw new Error(result.problems[0]?.message);
    const rendered = createRenderer(result.content).render(recipient(value), urls).html ?? '';
    expect(rendered).toContain(`<p style="color:${expected}`);
    expect(rendered).toContain(`    color: ${expected};\n`);
  });
});

describe('data in a dynamic link', () => {
  it('leads to an address with an allowed scheme, or nowhere', () => {
    const templates = [
      '{{fields.a}}',
      'https://x.cn/{{fields.a}}?q={{name}}',
      'https://{{fields.a}}',
      '{{fields.a}}/{{name}}',
      'mailto:{{email}}',
    ];
    fc.assert(
      fc.property(anything, fc.constantFrom(...templates), (value, template) => {
        const url = renderUrl(template, recipient(value));
        if (url === null) return;
        expect(url).toMatch(/^(?:https?:\/\/[^/\\]|mailto:|tel:)[\x21-\x7e]*$/);
        if (template.startsWith('https://x.cn/')) expect(new URL(url).host).toBe('x.cn');
      }),
      { numRuns: 1_000 },
    );
  });
});
