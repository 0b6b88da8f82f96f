import { newBlock, newColumn, newSection, type Doc } from './document.js';
import { documentText } from './document-text.js';

let next = 0;
const id = () => `n${(next += 1)}`;

it('a document as a letter has its words, links, lists and variables', () => {
  const text = newBlock('text', id, 'en');
  text.content = {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Dear ' },
          { type: 'mergeTag', attrs: { path: 'name', fallback: 'friend', format: null } },
          { type: 'text', text: ', look', marks: [{ type: 'link', attrs: { href: 'https://example.com' } }] },
        ],
      },
      {
        type: 'orderedList',
        content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'one' }] }] }],
      },
    ],
  };
  const button = { ...newBlock('button', id, 'en'), label: 'Shop', href: 'https://example.com/shop' };
  const blocks = [text, newBlock('image', id, 'en'), button, newBlock('unsubscribeFooter', id, 'en')];
  const sections = [newSection(id, [newColumn(id, blocks)])];
  const words = documentText({ version: 1, settings: {} as Doc['settings'], sections });
  expect(words).toBe(
    [
      'Dear {{default name "friend"}}, look (https://example.com)\n1. one',
      'Shop: https://example.com/shop',
      'You get this mail because you subscribed to our news.\nUnsubscribe: {{unsubscribe_url}}',
    ].join('\n\n'),
  );
});
