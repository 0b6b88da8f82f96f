import PostalMime from 'postal-mime';
import { allowed } from './browsing.js';
import { messageLinks, unsubscribeTargets } from './message-links.js';

const parse = (body: string, headers = '') =>
  PostalMime.parse(`Subject: x\r\n${headers}Content-Type: text/html; charset=utf-8\r\n\r\n${body}`);

describe('messageLinks', () => {
  it('finds links and images with any quoting and decodes ampersands', async () => {
    const mail = await parse(
      `<a href="http://t.test/c/1?a=1&amp;b=2">Shop</a> <A class=x HREF='http://t.test/c/2'>More</A>
       <img width="1" src=http://t.test/o.gif><a href="mailto:a@b.test">Mail</a><a name="top">Top</a>`,
    );
    expect(messageLinks(mail)).toEqual({
      links: ['http://t.test/c/1?a=1&b=2', 'http://t.test/c/2'],
      content: ['http://t.test/c/1?a=1&b=2', 'http://t.test/c/2'],
      images: ['http://t.test/o.gif'],
    });
  });

  it('tells links that leave the list from those a reader follows', async () => {
    const mail = await parse(
      '<a href="http://t.test/u/1">here</a><a href="http://t.test/p/1"><b>退订</b></a><a href="http://t.test/c/1">Shop</a>' +
        '<a href="http://t.test/p/2">订阅偏好 Preferences</a>',
      'List-Unsubscribe: <http://t.test/u/1>\r\n',
    );
    expect(messageLinks(mail).content).toEqual(['http://t.test/c/1']);
    expect(messageLinks(mail).links).toHaveLength(4);
  });

  it('reads links of a text where there is no HTML', async () => {
    const mail = await PostalMime.parse('Subject: x\r\n\r\nSee http://t.test/c/1 today\r\n');
    expect(messageLinks(mail).links).toEqual(['http://t.test/c/1']);
  });

  it('ends at once on tags that never close', async () => {
    const mail = await parse('<a '.repeat(50_000));
    expect(messageLinks(mail).links).toEqual([]);
  });
});

describe('unsubscribeTargets', () => {
  it('reads both ways out and the one-click mark', async () => {
    const mail = await parse(
      '',
      'List-Unsubscribe: <mailto:out+a@t.test?subject=off>,\r\n <https://t.test/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n',
    );
    expect(unsubscribeTargets(mail)).toEqual({
      oneClick: true,
      url: 'https://t.test/u/1',
      mailto: { address: 'out+a@t.test', subject: 'off', body: '' },
    });
  });

  it('finds nothing where there is no header', async () => {
    expect(unsubscribeTargets(await parse(''))).toEqual({ oneClick: false });
  });
});

describe('allowed', () => {
  it.each([
    ['http://localhost:3001/o', undefined, true],
    ['http://127.0.0.1/o', undefined, true],
    ['http://[::1]:80/o', undefined, true],
    ['http://127.0.0.1.example.com/', undefined, false],
    ['http://example.com/', undefined, false],
    ['file:///etc/passwd', undefined, false],
    ['https://t.brand.test/c/1', ['https://t.brand.test'], true],
    ['http://localhost:9999/', ['https://t.brand.test'], false],
  ])('says whether %s may be fetched with origins %p', (url, origins, expected) => {
    expect(allowed(url, origins)).toBe(expected);
  });
});
