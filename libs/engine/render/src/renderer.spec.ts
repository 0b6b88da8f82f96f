import fc from 'fast-check';
import { compileContent, createRenderer, RenderError, SAMPLE_MERGE_DATA, SAMPLE_URLS } from './index.js';
import type { CompiledContent, MergeData } from './index.js';

async function compile(html: string, subject = '{{name}}'): Promise<CompiledContent> {
  const result = await compileContent(
    { subject, preheader: '{{fields.city}}', html },
    { trackLinks: true, footer: null },
  );
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('\n'));
  return result.content;
}
const person = (name: string): MergeData => ({ ...SAMPLE_MERGE_DATA, name });
const HTML =
  '<body><p>{{name}}</p>{{#each tags}}<b>{{this}}{{@index}}</b>{{/each}}<a href="https://x.cn/{{name}}">x</a></body>';

describe('a renderer', () => {
  it('gives the same mail twice, whoever was rendered in between', async () => {
    const renderer = createRenderer(await compile(HTML));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        const first = renderer.render(person(one), SAMPLE_URLS);
        renderer.render(person(other), SAMPLE_URLS);
        expect(renderer.render(person(one), SAMPLE_URLS)).toEqual(first);
      }),
    );
  });

  it('keeps nothing of a recipient whose data failed', async () => {
    const renderer = createRenderer(await compile(HTML));
    const before = renderer.render(person('a'), SAMPLE_URLS);
    expect(() => renderer.render(person('x'.repeat(100_000)), SAMPLE_URLS)).toThrow(RenderError);
    expect(renderer.render(person('a'), SAMPLE_URLS)).toEqual(before);
  });

  it('offers the same mail in pieces: fixed text that can be encoded once, and slots', async () => {
    const renderer = createRenderer(await compile(HTML));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const whole = renderer.render(person(name), SAMPLE_URLS);
        const bound = renderer.bind(person(name), SAMPLE_URLS);
        const join = (pieces: typeof renderer.pieces.text): string =>
          pieces.map((piece) => (typeof piece === 'string' ? piece : piece(bound))).join('');
        expect(join(renderer.pieces.html ?? [])).toBe(whole.html);
        expect(join(renderer.pieces.text)).toBe(whole.text);
      }),
    );
    expect(renderer.pieces.html?.filter((piece) => typeof piece === 'string').length).toBeGreaterThan(2);
  });

  it('cuts a subject that data made too long, never through a character', async () => {
    const renderer = createRenderer(await compile('<p>x</p>', 'a{{name}}'));
    const { subject } = renderer.render(person('😀'.repeat(600)), SAMPLE_URLS);
    expect(subject).toBe(`a${'😀'.repeat(498)}`);
  });

  it('writes no pixel where opens are not tracked', async () => {
    const renderer = createRenderer(await compile('<p>x</p>'));
    expect(renderer.render(SAMPLE_MERGE_DATA, SAMPLE_URLS).html).toContain('/o/');
    expect(renderer.render(SAMPLE_MERGE_DATA, { ...SAMPLE_URLS, open: null }).html).not.toContain('<img');
  });

  it('keeps braces that the author wrote as text', async () => {
    const renderer = createRenderer(await compile('<p>&#123;&#123;name}} \\{{name}} {{name}}</p>'));
    const mail = renderer.render(person('A'), SAMPLE_URLS);
    expect(mail.html).toContain('<p>&#123;&#123;name}} {{name}} A</p>');
    expect(mail.text).toBe('{{name}} {{name}} A');
  });

  it('refuses content that was not compiled', async () => {
    const content = await compile('<p>x</p>');
    expect(() => createRenderer({ ...content, html: '<p>{{#if}}' })).toThrow(RenderError);
    expect(() => createRenderer({ ...content, text: '{{hy-link}}' })).toThrow(RenderError);
  });

  it('reads no inherited property of the data', async () => {
    const renderer = createRenderer(await compile('<p>[{{fields.polluted}}{{fields.toString}}]</p>'));
    const fields = Object.create({ polluted: 'x' }) as MergeData['fields'];
    expect(renderer.render({ ...SAMPLE_MERGE_DATA, fields }, SAMPLE_URLS).html).toContain('<p>[]</p>');
  });
});
