import { compileContent } from './compile-content.js';
import { SAMPLE_MERGE_DATA, SAMPLE_URLS } from './merge-data.js';
import { createRenderer } from './renderer.js';
import { shareLinks } from './share-links.js';

const footer = { html: '<p><a href="{{unsubscribeUrl}}">leave</a></p>', text: '{{unsubscribeUrl}}' };

async function compiled(urls: readonly string[]) {
  const html = urls.map((url) => `<p><a href="${url}">go</a></p>`).join('');
  const result = await compileContent({ subject: 's', html }, { trackLinks: true, footer });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.content;
}

it('a link has one number in all variants, the same target twice two, and nothing of one leads to another', async () => {
  const mails = [
    ['https://a.example/', 'https://b.example/', 'https://a.example/'],
    ['https://c.example/{{fields.city}}', 'https://a.example/', 'https://b.example/', 'https://a.example/'],
    ['https://a.example/', 'https://a.example/', 'https://a.example/'],
  ];
  const shared = shareLinks(await Promise.all(mails.map(compiled)));
  const table = shared[0]?.links.map(({ url }) => url) ?? [];
  expect(table).toHaveLength(5);
  for (const [variant, content] of shared.entries()) {
    expect(content.links.map(({ url }) => url)).toEqual(table);
    const urls = { ...SAMPLE_URLS, link: (index: number) => `link:${index}` };
    const { html, text } = createRenderer(content).render(SAMPLE_MERGE_DATA, urls);
    const inHtml = [...(html ?? '').matchAll(/link:(\d+)/g)].map(([, index]) => table[Number(index)]);
    expect(inHtml).toEqual(mails[variant]);
    const inText = [...text.matchAll(/link:(\d+)/g)].map(([, index]) => table[Number(index)]);
    expect(new Set(inText)).toEqual(new Set(mails[variant]));
  }
  expect(shared[0]?.html).toBe((await compiled(mails[0] ?? [])).html);
});
