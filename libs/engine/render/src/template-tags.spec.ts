import fc from 'fast-check';
import Handlebars from 'handlebars';
import { parseTemplate } from './parse-template.js';
import { scanTemplateTags } from './template-tags.js';

describe('finding {{…}} tags', () => {
  it.each([
    ['a {{b}} c', ['value {{b}}']],
    [
      '{{#if a}}{{else if b}}{{^}}{{else}}{{/if}}',
      ['open {{#if a}}', 'else {{else if b}}', 'else {{^}}', 'else {{else}}', 'close {{/if}}'],
    ],
    ['{{~#if a~}}{{~/if~}}', ['open {{~#if a~}}', 'close {{~/if~}}']],
    ['{{default a "}}"}}{{fields.[}}]}}', ['value {{default a "}}"}}', 'value {{fields.[}}]}}']],
    ['{{! a }}{{!-- }} --}}{{!-- x --~}}', ['comment {{! a }}', 'comment {{!-- }} --}}', 'comment {{!-- x --~}}']],
    ['{{!--}}{{a}}--}}', ['comment {{!--}}', 'value {{a}}']],
    ['\\{{a}} \\\\{{b}}', ['value {{b}}']],
    [
      '{{{a}}}{{&b}}{{> c}}{{#> d}}{{/d}}{{* e}}',
      [
        'unescaped {{{a}}}',
        'unescaped {{&b}}',
        'partial {{> c}}',
        'partial {{#> d}}',
        'close {{/d}}',
        'decorator {{* e}}',
      ],
    ],
  ])('reads %j', (source, expected) => {
    const { tags } = scanTemplateTags(source, 'html');
    expect(tags.map((tag) => `${tag.kind} ${source.slice(tag.start, tag.end)}`)).toEqual(expected);
  });

  it.each([
    ['a\n{{name', 2, 'the tag "{{name" is never closed. End it with }} and close every quote inside it.'],
    [
      '\n\n{{default name "x}}',
      3,
      'the tag "{{default name "x}}" is never closed. End it with }} and close every quote inside it.',
    ],
    ['{{#if a}}\n{{#each b}}\n{{/if}}', 3, '{{/if}} stands where {{/each}} is needed, for the block opened on line 2.'],
    ['p{color:{{fields.color}}}', 1, 'a tag is followed by another }. Put a space between them.'],
    ['a{{/if}}', 1, '{{/if}} closes a block that was never opened. Remove it.'],
    ['\n{{else}}', 2, '{{else}} stands outside any block. Put it between {{#if …}} and {{/if}}.'],
    ['{{#if a}}\n{{#if b}}{{/if}}', 1, 'the block {{#if …}} is never closed. Add {{/if}} where it should end.'],
    ['{{!-- a', 1, 'the tag "{{!-- a" is never closed. End it with }} and close every quote inside it.'],
  ])('says what is wrong with %j', (source, line, message) => {
    const { problems } = scanTemplateTags(source, 'subject');
    expect(problems).toMatchObject([
      { severity: 'error', property: 'subject', code: 'TEMPLATE_SYNTAX', line, message: `Line ${line}: ${message}` },
    ]);
  });

  it('finds exactly the values and blocks that Handlebars finds', () => {
    const pieces = [
      '{{',
      '}}',
      '{{{',
      '}}}',
      '\\',
      '\\\\',
      '"',
      "'",
      '[',
      ']',
      '~',
      '!',
      '!--',
      '--',
      '#if ',
      '/if',
      'else',
      'a',
      ' ',
      '(',
      ')',
      '{',
      '}',
      '^',
    ];
    const tokens = [...pieces, '{{a}}', '{{#if a}}', '{{/if}}', '{{else}}', '\\{{', '{{!-- ', ' --}}', '{{a "'];
    let agreed = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...tokens), { maxLength: 12 }).map((parts) => parts.join('')),
        (source) => {
          const { parsed } = parseTemplate(source, 'html');
          if (!parsed) return;
          const starts: number[] = [];
          const visit = (program: hbs.AST.Program | undefined): void => {
            for (const statement of program?.body ?? []) {
              if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement') {
                if (!(program as { chained?: boolean }).chained) starts.push(statement.loc.start.column);
              }
              const block = statement as hbs.AST.BlockStatement;
              visit(block.program);
              visit(block.inverse);
            }
          };
          visit(Handlebars.parse(source));
          const found = parsed.tags.filter((tag) => tag.kind === 'value' || tag.kind === 'open');
          expect(found.map((tag) => tag.start)).toEqual(starts);
          agreed += starts.length;
        },
      ),
      { numRuns: 3_000 },
    );
    expect(agreed).toBeGreaterThan(100);
  });
});
