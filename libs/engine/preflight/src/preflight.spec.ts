import { inspectMail, judgeLink, linksToCheck } from './index.js';
import type { LinkAnswer } from './index.js';
import { SPAM_SIGNALS } from './spam-signals.js';

const TEXT =
  'The first leaves of the year are here, picked in the hills above the lake a week ago, and roasted by hand.';
const mail = (change: object) => ({
  subject: 'Spring tea',
  preheader: '',
  html: `<p>${TEXT}</p>`,
  text: TEXT,
  links: [],
  ...change,
});
const codes = (change: object) => inspectMail(mail(change)).map(({ code }) => code);

it('finds nothing in an honest mail', () => {
  expect(codes({ links: ['https://tea.cn/spring', 'mailto:a@tea.cn', 'https://shop.cn/{{fields.id}}'] })).toEqual([]);
  expect(codes({ subject: '春茶上市，欢迎品鉴' })).toEqual([]);
});

it.each(SPAM_SIGNALS.map(({ code, where, sample }) => [code, where, sample]))('%s', (code, where, sample) => {
  expect(codes({ [where]: sample })).toContain(code);
});

it.each([
  ['IMAGE_ONLY', { html: '<style>p{}</style><img src="a.png" alt=""><p>Hi</p>' }],
  ['SUBJECT_LONG', { subject: '很长的主题'.repeat(10) }],
  ['LINK_TO_ADDRESS', { links: ['http://192.0.2.1/a'] }],
  ['LINK_SHORTENED', { links: ['https://bit.ly/x'] }],
  ['LINK_LOOK_ALIKE', { links: ['https://paypa1.com/login'] }],
  ['LINK_LOOK_ALIKE', { links: ['https://xn--pple-43d.com/'] }],
  ['LINK_PLAIN', { links: ['http://tea.cn/'] }],
  ['LINK_WITH_USER', { links: ['https://tea.cn@evil.cn/'] }],
])('%s in %j', (code, change) => {
  expect(codes(change)).toEqual([code]);
});

it('a short letter is not all image because its opens are counted', () => {
  expect(codes({ html: '<p>Hi</p><img src="https://t.example/o" width="1" height="1" alt="">' })).toEqual([]);
});

it('reads what is never closed in one pass', () => {
  expect(
    codes({ html: `<img src="a.png">${'<style>'.repeat(50_000)}${'<!--'.repeat(50_000)}${'<'.repeat(50_000)}` }),
  ).toEqual(['IMAGE_ONLY']);
});

it('a link that two buttons share is told once', () => {
  expect(codes({ links: ['http://tea.cn/', 'http://tea.cn/'] })).toEqual(['LINK_PLAIN']);
});

it.each<[LinkAnswer, string]>([
  [{ ok: true, status: 200, hops: 1, url: '' }, 'ok'],
  [{ ok: true, status: 404, hops: 0, url: '' }, 'broken'],
  [{ ok: true, status: 403, hops: 0, url: '' }, 'unknown'],
  [{ ok: true, status: 500, hops: 0, url: '' }, 'doubtful'],
  [{ ok: false, reason: 'no-such-host' }, 'broken'],
  [{ ok: false, reason: 'tls' }, 'doubtful'],
  [{ ok: false, reason: 'placeholder' }, 'doubtful'],
  [{ ok: false, reason: 'no-answer' }, 'unknown'],
])('%j is %s', (answer, state) => {
  expect(judgeLink(answer).state).toBe(state);
});

it('asks for each address once, and for none with data in it', () => {
  const urls = ['https://a.cn/#top', 'https://a.cn/', 'mailto:a@b.cn', 'https://a.cn/{{name}}', 'http://b.cn'];
  expect(linksToCheck(urls)).toEqual(['https://a.cn/', 'http://b.cn']);
  expect(linksToCheck(Array.from({ length: 90 }, (_, n) => `https://a.cn/${n}`))).toHaveLength(50);
});
