import { checkPlaces } from './html-places.js';
import { scanHtml } from './html-scanner.js';
import type { HtmlScan } from './html-scan.js';
import { scanTemplateTags } from './template-tags.js';

function scan(source: string): { scan: HtmlScan; problems: string[] } {
  const { tags } = scanTemplateTags(source, 'html');
  const found = scanHtml(source, tags);
  return {
    scan: found,
    problems: checkPlaces(source, tags, found, 'html').map((problem) => `${problem.code} ${problem.line}`),
  };
}

describe('scanning HTML with {{…}} tags', () => {
  it('finds elements, attributes and values with their offsets', () => {
    const source = '<!DOCTYPE html><P Title="a > b" hidden data-x=1 alt=\'"\'>x</P><br/>';
    const { tags } = scan(source).scan;
    expect(tags.map((tag) => (tag.closing ? '/' : '') + tag.name)).toEqual(['p', '/p', 'br']);
    expect(tags[0]?.attributes.map(({ name, value }) => [name, value])).toEqual([
      ['title', 'a > b'],
      ['hidden', null],
      ['data-x', '1'],
      ['alt', '"'],
    ]);
    const alt = tags[0]?.attributes[3];
    expect(source.slice(alt?.valueStart, alt?.valueEnd)).toBe('"');
  });

  it('looks into what only Outlook sees, and marks it', () => {
    const { tags, ranges } = scan(
      '<!--[if mso]><v:rect href="a"></v:rect><![endif]--><!--[if !mso]><!--><a href="b"></a><!--<![endif]--><![if !mso]><i></i><![endif]><!-- <b> -->',
    ).scan;
    expect(tags.filter((tag) => !tag.closing).map((tag) => `${tag.name} ${tag.conditional}`)).toEqual([
      'v:rect true',
      'a false',
      'i false',
    ]);
    expect(ranges.map((range) => range.kind)).toEqual(['comment', 'comment']);
  });

  it('takes a {{…}} tag for opaque, whatever it contains', () => {
    const { tags } = scan('<p title="{{default name "x>"}}">{{default name "</p><b>"}}</p>').scan;
    expect(tags.map((tag) => tag.name)).toEqual(['p', 'p']);
    expect(tags[0]?.attributes[0]?.value).toBe('{{default name "x>"}}');
  });

  it('reads nothing inside style, script, title and textarea as markup', () => {
    const { tags, ranges } = scan(
      '<style>a > b{}<i></style><title><b></title><script>"<i>"</SCRIPT><textarea><u>',
    ).scan;
    expect(tags.filter((tag) => !tag.closing).map((tag) => tag.name)).toEqual(['style', 'title', 'script', 'textarea']);
    expect(ranges.map((range) => range.kind)).toEqual(['style', 'script']);
  });

  it.each([
    ['<p>{{a}}</p>'],
    ['<p title="{{a}} {{b}}" style=\'color:{{c}}\'>'],
    ['<option {{#if a}}selected{{/if}}>x<option {{#if a}} selected {{else}}hidden{{/if}} value="1">'],
    ['<td class="x"{{#if a}} width="1"{{/if}}>'],
    ['{{#if a}}<tr><td>{{else}}<p>{{/if}}'],
    ['<a href="https://x.cn/{{#if a}}b{{else}}c{{/if}}">'],
    ['<!-- {{a}} --><!--[if mso]>{{a}}<p title="{{a}}"><![endif]-->'],
    ['a < {{b}} <3 {{c}}'],
    ['<title>{{a}}</title><style>a{color:{{b}}}</style>'],
  ])('accepts %j', (source) => {
    expect(scan(source).problems).toEqual([]);
  });

  it.each([
    ['a tag name', '<{{a}}>'],
    ['an end tag name', '</{{a}}>'],
    ['the rest of a tag name', '<h{{a}}>'],
    ['an unquoted value', '<a href={{a}}>'],
    ['part of an unquoted value', '<a href=x{{a}}>'],
    ['an attribute list', '<a {{a}}>'],
    ['an attribute name', '<a data-{{a}}="x">'],
    ['an attribute name in two parts', '<a {{#if a}}on{{else}} {{/if}}click="{{b}}">'],
    ['an attribute name in two blocks', '<a {{#if a}}on{{/if}}{{#if b}}click="{{c}}"{{/if}}>'],
    ['a script', '<script>x = "{{a}}"</script>'],
    ['an event attribute', '<p onclick="f(\'{{a}}\')">'],
    ['a list of images', '<img srcset="{{a}} 2x">'],
    ['a nested document', '<iframe srcdoc="{{a}}">'],
    ['a declaration', '<!DOCTYPE {{a}}>'],
    ['a tag that never ends', '<p title="x" {{#if a}}{{/if}}'],
    ['a value that never ends', '<p title="{{a}}'],
    ['a value that ends with the conditional comment', '<!--[if mso]><a title="{{a}}<![endif]--><b {{c}}>'],
    ['a name with a no-break space', '<a\u00a0title="{{a}}">'],
  ])('refuses data in %s', (_place, source) => {
    expect(scan(source).problems).toContain('TEMPLATE_UNSAFE_PLACE 1');
  });

  it.each([
    ['<p>{{#if a}}<a title="{{/if}}">'],
    ['<p title="{{#if a}}" alt="{{/if}}">'],
    ['<p title="{{#if a}}">{{else}}"{{/if}}>'],
    ['{{#if a}}<!-- {{/if}} -->'],
    ['{{#if a}}<style>{{/if}}</style>'],
    ['{{#if a}}<!--[if mso]>{{/if}}<![endif]-->'],
    ['<!-- {{#if a}} --><!-- {{/if}} -->'],
  ])('refuses a block that opens and closes in different places: %j', (source) => {
    expect(scan(`\n${source}`).problems).toContain('TEMPLATE_UNBALANCED_BLOCK 2');
  });
});
