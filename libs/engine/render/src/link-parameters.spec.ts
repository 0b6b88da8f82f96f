import fc from 'fast-check';
import { SAMPLE_MERGE_DATA, addParameters, compileContent, createRenderer, linkTarget } from './index.js';
import type { LinkParameters, RenderUrls } from './index.js';

const UTM: LinkParameters = [
  ['utm_source', '通讯 & 新闻'],
  ['utm_medium', 'email'],
  ['utm_campaign', "it's #1?"],
];
const SAID = 'utm_source=%E9%80%9A%E8%AE%AF%20%26%20%E6%96%B0%E9%97%BB&utm_medium=email&utm_campaign=it%27s%20%231%3F';
const urls: RenderUrls = {
  link: (index) => `https://t.test/c/${index}`,
  open: null,
  unsubscribe: 'https://t.test/u',
  webVersion: 'https://t.test/w',
  preferences: 'https://t.test/p',
};

const names = fc.constantFrom('utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content');
const parametersOf = fc
  .dictionary(names, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }))
  .map((each) => Object.entries(each));
const pair = fc.tuple(fc.oneof(names, fc.webFragments()), fc.webFragments());
const address = fc
  .tuple(fc.webUrl(), fc.option(fc.array(pair, { maxLength: 4 })), fc.option(fc.webFragments()))
  .map(
    ([url, query, fragment]) =>
      url +
      (query ? `?${query.map(([name, value]) => `${encodeURIComponent(name)}=${value}`).join('&')}` : '') +
      (fragment === null ? '' : `#${fragment}`),
  );

describe('parameters of an address', () => {
  it('are each there once, with their value unless another stood before; everything else stays', () => {
    fc.assert(
      fc.property(address, parametersOf, (url, parameters) => {
        const [before, after] = [new URL(url), new URL(addParameters(url, parameters))];
        expect([after.origin, after.pathname, after.hash]).toEqual([before.origin, before.pathname, before.hash]);
        const added = parameters.filter(([name]) => !before.searchParams.has(name));
        expect([...after.searchParams]).toEqual([...before.searchParams, ...added]);
      }),
      { numRuns: 500 },
    );
  });

  it('are not added twice, and an address keeps every byte of what it was', () => {
    fc.assert(
      fc.property(address, parametersOf, (url, parameters) => {
        const once = addParameters(url, parameters);
        expect(addParameters(once, parameters)).toBe(once);
        const [whole = '', fragment] = url.split(/(?=#)/);
        expect(once.startsWith(whole) && once.endsWith(fragment ?? '')).toBe(true);
      }),
    );
  });

  it.each([
    ['https://x.cn', `https://x.cn/?${SAID}`],
    ['https://x.cn/a?', `https://x.cn/a?${SAID}`],
    ['https://x.cn/a?b=1&', `https://x.cn/a?b=1&${SAID}`],
    ['https://x.cn/#/a?b', `https://x.cn/?${SAID}#/a?b`],
    ['https://x.cn/?UTM_Source=a&utm%5Fmedium=b&utm_campaign', null],
    ['mailto:a@x.cn', null],
    ['tel:+8610', null],
    ['#top', null],
    ['//x.cn', null],
    ['https://', null],
  ])('of %s', (url, expected) => {
    expect(addParameters(url, UTM)).toBe(expected ?? url);
  });
});

const HTML = `<a href="https://x.cn/a?b=1&amp;c=2#d">a</a>
  <a href="https://x.cn/?id={{fields.city}}#{{name}}">b</a>
  <a href="{{fields.page}}">c</a>
  <a href="https://x.cn/?utm_source=own&utm_medium=own&utm_campaign=own">d</a>
  <a href="mailto:a@x.cn">e</a><a href="#top">f</a><img src="https://x.cn/{{name}}.png" alt="">
  <a href="{{unsubscribeUrl}}">g</a><a href="{{webVersionUrl}}">h</a><a href="{{preferencesUrl}}">i</a>
  {{#each tags}}<a href="https://x.cn/{{this}}">j</a>{{/each}}`;
const DATA = {
  ...SAMPLE_MERGE_DATA,
  name: 'N',
  tags: ['t'],
  fields: { city: '上 海', page: 'https://shop.cn/p?q=1#r' },
};
const EXPECTED = [
  `https://x.cn/a?b=1&c=2&${SAID}#d`,
  `https://x.cn/?id=%E4%B8%8A%20%E6%B5%B7&${SAID}#N`,
  `https://shop.cn/p?q=1&${SAID}#r`,
  'https://x.cn/?utm_source=own&utm_medium=own&utm_campaign=own',
];

async function mailOf(trackLinks: boolean, linkParameters: LinkParameters) {
  const source = { subject: 's', html: HTML, text: null };
  const result = await compileContent(source, { trackLinks, linkParameters, footer: null });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  const content = JSON.parse(JSON.stringify(result.content)) as typeof result.content;
  const { html, text } = createRenderer(content).render(DATA, urls);
  const hrefs = Array.from((html ?? '').matchAll(/href="([^"]*)"/g), ([, url = '']) =>
    url.replaceAll('&amp;', '&').replaceAll('&#39;', "'"),
  );
  return { content, hrefs, text: text ?? '', html: html ?? '' };
}

describe('parameters of a mail', () => {
  const kept = ['mailto:a@x.cn', '#top', 'https://t.test/u', 'https://t.test/w', 'https://t.test/p'];
  const inList = `https://x.cn/t?${SAID}`;

  it('are in every web link that leads straight to its target, in both parts, and in no other', async () => {
    const { hrefs, html, text } = await mailOf(false, UTM);
    expect(hrefs).toEqual([...EXPECTED, ...kept, inList]);
    expect(html).toContain('src="https://x.cn/N.png"');
    for (const url of EXPECTED) expect(text).toContain(url);
  });

  it('are in the targets of tracked links, fixed ones and those that data make', async () => {
    const { hrefs, content } = await mailOf(true, UTM);
    expect(hrefs).toEqual([0, 1, 2, 3].map((index) => `https://t.test/c/${index}`).concat(kept, inList));
    expect(content.links.map((link) => linkTarget(link, DATA))).toEqual(EXPECTED);
  });

  it('leave a mail without them exactly as it was', async () => {
    for (const track of [true, false]) {
      const { content, ...mail } = await mailOf(track, []);
      expect(content.links.some((link) => 'parameters' in link)).toBe(false);
      expect(mail.html).not.toContain('utm_source=%');
    }
  });

  it.each([
    ['see https://x.cn/a.', `see https://x.cn/a?${SAID}.`],
    ['(https://x.cn/a_(b))', `(https://x.cn/a_(b)?${SAID})`],
    ['https://x.cn/?id={{fields.city}}&a#b 。', `https://x.cn/?id=上 海&a&${SAID}#b 。`],
    ['{{#if name}}https://x.cn/a{{/if}}b', `https://x.cn/a?${SAID}b`],
    ['去https://x.cn/产品看看', null],
    ['去 https://x.cn/a，', `去 https://x.cn/a?${SAID}，`],
    ['https://{{name}}.x.cn/ {{fields.page}}', 'https://N.x.cn/ https://shop.cn/p?q=1#r'],
    ['{{unsubscribeUrl}} http://', 'https://t.test/u http://'],
  ])('in the text part %s', async (text, expected) => {
    const options = { trackLinks: true, linkParameters: UTM, footer: null };
    const result = await compileContent({ subject: 's', text }, options);
    if (!result.ok) throw new Error(result.problems[0]?.message);
    expect(createRenderer(result.content).render(DATA, urls).text).toBe(expected ?? text);
  });
});
