import { subjectParts } from './subject-parts.js';

it.each([
  ['秋茶到了', [{ text: '秋茶到了' }]],
  ['{{name}}，新年好', [{ path: 'name' }, { text: '，新年好' }]],
  ['{{default name "朋友"}}：{{{fields.city}}}', [{ path: 'name' }, { text: '：' }, { path: 'fields.city' }]],
  ['Order {{default data.order.number "–"}}', [{ text: 'Order ' }, { path: 'data.order.number' }]],
  ['{{date fields.birthday "M月D日"}}', [{ path: 'fields.birthday' }]],
  [
    '{{#if fields.vip}}VIP{{else}}Hello{{/if}}',
    ['{{#if fields.vip}}', 'VIP', '{{else}}', 'Hello', '{{/if}}'].map((text) => ({ text })),
  ],
  ['{{nameless}} {{ {{name', [{ text: '{{nameless}}' }, { text: ' {{ {{name' }]],
  ['', []],
])('%j', (subject, parts) => {
  expect(subjectParts(subject)).toEqual(parts);
});
