import { questionIn } from './question.js';

it.each([
  [
    'Hello,\n\nDo you ship to Malaysia, and how long does it take?\nThanks, Mei',
    'Do you ship to Malaysia, and how long does it take?',
  ],
  ['We run a tea house. Please send us your price list.', 'We run a tea house. Please send us your price list.'],
  ['I am interested in your jasmine tea for a wedding', 'I am interested in your jasmine tea for a wedding'],
  ['您好！请问明前龙井还有货吗？谢谢', '请问明前龙井还有货吗？'],
  ['你好，我想订二十盒作为公司年礼，可以开发票', '你好，我想订二十盒作为公司年礼，可以开发票'],
  ['麻烦发一份最新的目录，谢谢', '麻烦发一份最新的目录，谢谢'],
  ['周末营业么', '周末营业么'],
])('finds what is asked in %j', (text, asked) => {
  expect(questionIn(text)).toBe(asked);
});

it.each([
  'Thank you, it arrived today.',
  '收到，茶很好喝。',
  'Your message was not delivered: 550 no such user',
  'See https://shop.example/search?q=tea for more',
  'Need more visitors? We bring them.\n\nUnsubscribe from this list',
  '双十一茶具五折，您准备好了吗？\n退订请回复 TD',
  '',
])('finds nothing in %j', (text) => {
  expect(questionIn(text)).toBeNull();
});
