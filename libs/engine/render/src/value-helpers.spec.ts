import { compileContent, createRenderer, mergeVariablesReference, SAMPLE_MERGE_DATA, SAMPLE_URLS } from './index.js';
import { BLOCK_HELPERS } from './inspect-program.js';
import { DATE_FORMATS, VALUE_HELPERS, valueHelper } from './value-helpers.js';

const call = (name: string, ...args: unknown[]): unknown => valueHelper(name)?.apply(args);

describe('the value helpers', () => {
  it.each([
    ['default', [null, 'x'], 'x'],
    ['default', ['', 'x'], 'x'],
    ['default', [' \t', 'x'], 'x'],
    ['default', [[], 'x'], 'x'],
    ['default', [0, 'x'], 0],
    ['default', [false, 'x'], false],
    ['eq', [3, '3'], true],
    ['eq', [null, undefined], true],
    ['eq', [null, ''], false],
    ['ne', ['a', 'A'], true],
    ['gt', ['10', 9], true],
    ['gt', ['b', 'a'], true],
    ['gt', [null, 1], false],
    ['lt', ['abc', 5], false],
    ['lt', ['2026-01-02', '2026-01-10'], true],
    ['and', [1, 'a'], true],
    ['and', [1, 0, 2], 0],
    ['and', [1, []], []],
    ['or', ['', 0, 'z'], 'z'],
    ['or', ['', null], null],
    ['not', [[]], true],
    ['upper', ['straße 中'], 'STRASSE 中'],
    ['lower', [null], ''],
    ['formatDate', ['2026-03-05T14:30:00Z'], '2026-03-05'],
    ['formatDate', [0, 'dateTime'], '1970-01-01 00:00'],
    ['formatDate', ['2026-03-05T23:30:00-02:00', 'zh'], '2026年3月6日'],
    ['formatDate', ['soon', 'zh'], ''],
    ['formatDate', [null], ''],
    ['formatDate', ['2026-03-05', 'constructor'], '2026-03-05'],
    ['formatNumber', [1234567.891], '1,234,567.891'],
    ['formatNumber', ['1234.5', 2], '1,234.50'],
    ['formatNumber', [-0.5, 99], '-0.500000'],
    ['formatNumber', ['many'], ''],
    ['formatNumber', [Number.POSITIVE_INFINITY], ''],
  ])('%s%j is %j', (name, args, expected) => {
    expect(call(name, ...args)).toEqual(expected);
  });

  it('has no helper by the name of an inherited property', () => {
    for (const name of ['constructor', 'toString', '__proto__']) expect(valueHelper(name)).toBeNull();
  });
});

describe('the reference for the insert menu', () => {
  const sample = async (text: string): Promise<string> => {
    const result = await compileContent({ subject: 's', text: `${text}|` }, { trackLinks: false, footer: null });
    if (!result.ok) throw new Error(result.problems[0]?.message);
    expect(result.content.problems.filter((problem) => problem.code !== 'NO_UNSUBSCRIBE')).toEqual([]);
    return createRenderer(result.content).render(SAMPLE_MERGE_DATA, SAMPLE_URLS).text.slice(0, -1);
  };

  it.each(mergeVariablesReference.variables.map((entry) => [entry.path, entry.example]))(
    '{{%s}} is %s',
    async (path, example) => {
      expect(await sample(`{{${path}}}`)).toBe(example);
    },
  );

  it.each(mergeVariablesReference.helpers.map((entry) => [entry.template, entry.result]))(
    '%s gives %j',
    async (template, result) => {
      expect(await sample(template)).toBe(result);
    },
  );

  it('names every helper', () => {
    const named = mergeVariablesReference.helpers.map((entry) => entry.name);
    expect([...named].sort()).toEqual([...Object.keys(VALUE_HELPERS), ...BLOCK_HELPERS].sort());
  });

  it.each(Object.keys(DATE_FORMATS))('has the date format %s', (format) => {
    expect(call('formatDate', '2026-03-05T14:30:00Z', format)).toMatch(/2026|14:30|3月5日/);
  });
});
