import fc from 'fast-check';
import { Doc, emptyDocument, newBlock, newColumn, newSection, richText } from '#contracts';
import type { DocBlock, DocBlockType, DocCondition, DocSection } from '#contracts';
import { SAMPLE_MERGE_DATA, SAMPLE_URLS, createRenderer } from '#engine/render';
import { compileDocument } from './index.js';

const TYPES: Exclude<DocBlockType, 'reusable'>[] = [
  ...(['text', 'heading', 'image', 'button', 'divider', 'spacer', 'social', 'imageText'] as const),
  ...(['product', 'video', 'menu', 'html', 'unsubscribeFooter'] as const),
];
const HREF = 'https://www.hongyan-e2e.org/?a=1&b=2';
// Braces are the template language's: what they may say is tried elsewhere.
const words = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/[{}\p{Cs}]/gu, '·') || '·');
const condition: fc.Arbitrary<DocCondition | null> = fc.option(
  fc.record({
    match: fc.constantFrom('all' as const, 'any' as const),
    rules: fc.array(
      fc.oneof(
        words.map((value) => ({ kind: 'field' as const, path: 'fields.city', op: 'contains' as const, value })),
        fc.integer({ min: 1, max: 730 }).map((days) => {
          return { kind: 'behaviour' as const, event: 'clicked' as const, did: days % 2 === 0, days, campaignId: null };
        }),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  }),
);
const hideOn = fc.constantFrom(null, 'mobile' as const, 'desktop' as const);
const blockSeed = fc.record({ type: fc.constantFrom(...TYPES), words, visibleIf: condition, hideOn });
const sectionSeed = fc.record({
  columns: fc.array(fc.array(blockSeed, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
  fullWidth: fc.boolean(),
  stackOnMobile: fc.boolean(),
  visibleIf: condition,
  hideOn,
});

/** The block with the words wherever words may stand. */
function filled(block: DocBlock, text: string): DocBlock {
  const picture = { src: 'https://img.hongyan-e2e.org/a.png', alt: text, width: 600, height: 400 };
  const all = {
    content: richText(text, text),
    image: picture,
    href: HREF,
    html: `<p>${text}`,
    label: text,
    title: text,
    price: text,
    items: [{ network: 'website', label: text, href: HREF }],
    button: { label: text, href: HREF, bg: null, color: null, radius: 4 },
  };
  const known = Object.entries(all).filter(([name]) => name in block);
  return { ...block, ...Object.fromEntries(known) } as DocBlock;
}

it('any document that is valid compiles without an error, loads nothing foreign and is the same every time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sectionSeed, { minLength: 1, maxLength: 4 }), async (seeds) => {
      let last = 0;
      const newId = () => `n${(last += 1)}`;
      const sections = seeds.map(({ columns, ...more }): DocSection => {
        const made = columns.map((blocks) =>
          newColumn(
            newId,
            blocks.map(({ type, words: text, ...rest }) => ({ ...filled(newBlock(type, newId, 'en'), text), ...rest })),
          ),
        );
        return { ...newSection(newId, made), ...more };
      });
      const document = Doc.parse({ ...emptyDocument(newId, 'en'), sections });
      const once = async () => compileDocument({ subject: 's', document }, { trackLinks: true });
      const result = await once();
      if (!result.ok) throw new Error(JSON.stringify(result.problems));
      expect(result.content.problems.filter(({ code }) => code.startsWith('MJML'))).toEqual([]);
      expect(await once()).toEqual(result);
      const { html } = createRenderer(result.content).render(SAMPLE_MERGE_DATA, { ...SAMPLE_URLS, open: null });
      const loaded = [...(html ?? '').matchAll(/\ssrc="([^"]*)"/g)].map(([, src]) => src);
      expect(new Set([...loaded, 'https://img.hongyan-e2e.org/a.png'])).toEqual(
        new Set(['https://img.hongyan-e2e.org/a.png']),
      );
    }),
    { numRuns: 25 },
  );
}, 60_000);
