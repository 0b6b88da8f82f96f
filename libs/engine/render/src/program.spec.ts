import fc from 'fast-check';
import Handlebars from 'handlebars';
import { decodeEntities } from './escape.js';
import { SAMPLE_URLS } from './merge-data.js';
import { parseTemplate } from './parse-template.js';
import { compilePieces } from './program.js';
import { startRun } from './render-run.js';
import { VALUE_HELPERS } from './value-helpers.js';

/** The reference: Handlebars itself, with the same value helpers. */
const reference = Handlebars.create();
for (const [name, helper] of Object.entries(VALUE_HELPERS)) {
  reference.registerHelper(name, (...args: unknown[]) => helper.apply(args.slice(0, -1)));
}

const context = {
  name: 'Ada',
  zero: 0,
  no: false,
  none: null,
  blank: '',
  fields: { city: '上海', 'last name': 'L', deep: { er: 'est' } },
  people: [
    { name: 'Bo', pets: ['cat', 'dog'] },
    { name: 'Cy', pets: [] },
  ],
  words: ['x', 'y', 'z'],
  nothing: [],
};

function ours(source: string, root: object = context): string {
  const { parsed, problems } = parseTemplate(source, 'text');
  if (!parsed) throw new Error(problems.map((problem) => problem.message).join('\n'));
  const run = startRun(root, SAMPLE_URLS);
  for (const piece of compilePieces(parsed.program, 'text')) {
    if (typeof piece === 'string') run.out += piece;
    else piece(run);
  }
  return run.out;
}

// Escaped and decoded again: with its `noEscape`, Handlebars adds neighbouring numbers and booleans up.
const theirs = (source: string): string => decodeEntities(reference.compile(source)(context));

describe('the evaluator', () => {
  it.each([
    'plain',
    '{{name}} {{ name }} {{this.name}} {{./name}} {{fields.city}} {{fields.[last name]}} {{fields/city}}',
    '{{missing}}{{fields.missing.more}}{{name.more}}{{none}}{{zero}}{{no}}{{blank}}|',
    '{{words.length}} {{words.[1]}} {{people.1.name}} {{name.length}}',
    '{{#if name}}a{{else}}b{{/if}}{{#if none}}a{{else}}b{{/if}}{{#if nothing}}a{{else}}b{{/if}}{{#if zero}}a{{^}}b{{/if}}',
    '{{#if none}}a{{else if zero}}b{{else if name}}c{{else}}d{{/if}}',
    '{{#unless name}}a{{else}}b{{/unless}}{{^if name}}a{{/if}}{{#unless blank}}c{{/unless}}',
    '{{#each people}}{{@index}}{{@first}}{{@last}}{{name}}-{{../name}}-{{@root.name}};{{/each}}',
    '{{#each people}}{{name}}:{{#each pets}}{{this}}({{../name}}/{{../../name}}/{{@index}}){{else}}none{{/each}};{{/each}}',
    '{{#each people}}{{#if pets}}{{../name}}{{name}}{{/if}}{{/each}}',
    '{{#each people as |person at|}}{{at}}{{person.name}}{{#each person.pets as |pet|}}{{person.name}}{{pet}}{{/each}}{{/each}}',
    '{{#each people as |name|}}{{this.name}}{{./name}}{{/each}}',
    '{{#each fields.deep}}{{@key}}={{this}}{{/each}}{{#each nothing}}a{{else}}b{{/each}}{{#each name}}a{{else}}b{{/each}}',
    '{{#with fields}}{{city}}{{../name}}{{/with}}{{#with none}}a{{else}}b{{/with}}{{#with zero}}a{{else}}b{{/with}}',
    '{{#with fields.deep as |d|}}{{d.er}}{{/with}}',
    '{{default none "x"}}{{default blank name}}{{upper (default none "y")}}{{#if (eq name "Ada")}}yes{{/if}}',
    '{{or none blank name}}|{{and name zero}}|{{not name}}',
    'a {{~name~}} b {{~#if name~}} c {{~else~}} d {{~/if~}} e',
    'line\n{{#if name}}\n  in\n{{else}}\n  out\n{{/if}}\nend\n{{! gone }}\nx{{!-- a }} b --}}y',
    '\\{{name}} \\\\{{name}} {{name}} \\{{#if}}',
    '{{default none \'}}\'}}{{default none "{{"}}',
  ])('gives what Handlebars gives for %j', (source) => {
    expect(ours(source)).toBe(theirs(source));
  });

  const path = fc.constantFrom(
    'name',
    'none',
    'zero',
    'fields.city',
    'words.1',
    '@root.name',
    'this.name',
    'upper name',
  );
  const list = fc.constantFrom('people', 'words', 'nothing', 'fields.deep', 'pets', 'this');
  const condition = fc.constantFrom('name', 'none', 'nothing', '(eq name "Ada")', '(or none zero)', '../name');
  const { template } = fc.letrec<{ template: string }>((tie) => ({
    template: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.constantFrom('text', ' ', '\n', '文字 '),
      path.map((expression) => `{{${expression}}}`),
      fc.tuple(tie('template'), tie('template')).map(([one, other]) => one + other),
      fc
        .tuple(condition, tie('template'), tie('template'))
        .map(([test, a, b]) => `{{#if ${test}}}${a}{{else}}${b}{{/if}}`),
      fc.tuple(condition, tie('template')).map(([test, body]) => `{{#unless ${test}}}\n${body}\n{{/unless}}`),
      fc.tuple(list, tie('template')).map(([items, body]) => `{{~#each ${items}}}${body}{{else}}-{{/each}}`),
      fc
        .tuple(
          // Where `with` does not change the context, Handlebars' `../` skips it; ours always goes one up.
          list.filter((item) => item !== 'this'),
          tie('template'),
        )
        .map(([item, body]) => `{{#with ${item}}}${body}{{/with}}`),
    ),
  }));

  it('gives what Handlebars gives for any combination of blocks', () => {
    let compared = 0;
    fc.assert(
      fc.property(template, (source) => {
        if (!parseTemplate(source, 'text').parsed) return;
        // An object or list as text is "[object Object]" there and nothing here.
        const expected = theirs(source);
        if (/\[object|,/.test(expected)) return;
        compared += 1;
        expect(ours(source)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('writes literals as they are, which Handlebars would look up', () => {
    expect(ours('{{"<3"}} {{12}} {{true}}')).toBe('<3 12 true');
  });

  it('reads own properties only', () => {
    const source =
      '{{toString}}{{fields.hasOwnProperty}}{{name.trim}}{{words.map}}{{this.valueOf}}|{{#with name}}{{length}}{{/with}}';
    expect(ours(source)).toBe('|3');
  });

  it('never reads a value as a template', () => {
    expect(ours('{{name}}', { name: '{{fields.secret}}', fields: { secret: 's' } })).toBe('{{fields.secret}}');
  });

  it('joins lists with commas and writes nothing for objects', () => {
    expect(ours('{{words}}|{{fields}}|{{people}}')).toBe('x, y, z||, ');
  });
});
