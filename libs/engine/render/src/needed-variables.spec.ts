import { neededVariables } from './needed-variables.js';

it.each([
  ['Hello {{name}}, {{fields.city}}', ['fields.city', 'name']],
  ['{{default name "friend"}} {{upper (default fields.city "here")}}', []],
  ['{{#if name}}Hello {{name}}{{else}}Hello{{/if}}', []],
  ['{{#if name}}Hello{{else}}{{name}}{{/if}}', ['name']],
  ['{{#unless fields.vip}}{{name}}{{/unless}}', ['name']],
  ['{{upper fields.city}} {{email}} {{campaign.name}}', ['fields.city']],
])('%s leaves a hole without %j', (text, expected) => {
  expect(neededVariables({ subject: '', preheader: '', html: null, text })).toEqual(expected);
});
