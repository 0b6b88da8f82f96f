import { POLICY_WITH_IMAGES, htmlForScreen } from './html-for-screen.js';

const HOSTILE = [
  '<script>alert(1)</script><p onclick="alert(1)">Hello</p>',
  '<img src="https://tracker.example/p.gif" alt="logo"><img src="cid:1">',
  '<a href="javascript:alert(1)">x</a><a href="https://shop.example/">shop</a>',
  '<style>@import url(https://tracker.example/x.css)</style><link rel="stylesheet" href="https://tracker.example/y">',
  '<p style="background:url(https://tracker.example/z);color:#ff0000">red</p><iframe src="https://tracker.example/"></iframe>',
  '<form action="https://tracker.example/"><input name="password"></form><svg onload="alert(1)"></svg>',
  '<meta http-equiv="refresh" content="0;url=https://tracker.example/">',
].join('');

it('keeps words, links and colours, and nothing that runs or is fetched', () => {
  const { html: shown, remoteImages } = htmlForScreen(HOSTILE);
  expect(remoteImages).toBe(1);
  for (const kept of ['Hello', '[logo]', 'href="https://shop.example/"', 'color:#ff0000'])
    expect(shown).toContain(kept);
  expect(shown).not.toMatch(
    /tracker\.example|javascript:|onclick|onload|<(?:script|img|iframe|form|input|svg|link)\b/i,
  );
  expect(shown).toContain(`default-src 'none'`);
});

it('with images, those of the web are there and nothing else is new', () => {
  const sly =
    '<img src="//tracker.example/q"><img src="javascript:alert(1)"><img src="data:image/svg+xml,x" srcset="https://tracker.example/s">';
  const { html, remoteImages } = htmlForScreen(HOSTILE + sly, { images: true });
  expect(remoteImages).toBe(1);
  expect(html.match(/<img [^>]*>/g)).toEqual(['<img src="https://tracker.example/p.gif" alt="logo" />']);
  expect(html.match(/tracker\.example/g)).toHaveLength(1);
  expect(html).not.toMatch(/javascript:|onclick|onload|srcset|<(?:script|iframe|form|input|svg|link)\b/i);
  expect(POLICY_WITH_IMAGES).toMatch(/^default-src 'none'; .*img-src http: https:; .*sandbox$/);
});
