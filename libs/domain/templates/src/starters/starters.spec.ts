import { Doc } from '#contracts';
import { compileDocument } from '#engine/document';
import { SAMPLE_MERGE_DATA, SAMPLE_URLS, createRenderer } from '#engine/render';
import type { CompiledContent } from '#engine/render';
import { STARTERS } from './index.js';

/** Mail that a program sends to one person: it belongs to no list that one could leave. */
const TRIGGERED = 'receipt';

async function compiled(starter: (typeof STARTERS)[number]): Promise<CompiledContent> {
  const result = await compileDocument({ ...starter, document: starter.document }, { trackLinks: true });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.content;
}

describe.each(STARTERS.map((starter) => [`${starter.key} (${starter.locale})`, starter] as const))(
  'starter %s',
  (_, starter) => {
    it('compiles without a problem, offers a way out, loads nothing and stays small', async () => {
      expect(Doc.parse(starter.document)).toEqual(starter.document);
      const content = await compiled(starter);
      const isTriggered = starter.key === TRIGGERED;
      expect(content.problems.map(({ code }) => code)).toEqual(isTriggered ? ['NO_UNSUBSCRIBE'] : []);
      const mail = createRenderer(content).render(SAMPLE_MERGE_DATA, { ...SAMPLE_URLS, open: null });
      expect(mail.html?.includes(SAMPLE_URLS.unsubscribe)).toBe(!isTriggered);
      expect(mail.text.includes(SAMPLE_URLS.unsubscribe)).toBe(!isTriggered);
      expect(mail.html).toContain('[if mso');
      expect(mail.html).not.toMatch(/<link |<img |@import|url\(/);
      expect(Buffer.byteLength(mail.html ?? '')).toBeLessThan(40_000);
    });

    it('reads well without any data', async () => {
      const content = await compiled(starter);
      const nobody = { ...SAMPLE_MERGE_DATA, name: '', fields: {} };
      const mail = createRenderer(content).render(nobody, SAMPLE_URLS);
      expect(`${mail.subject} ${mail.text}`).not.toMatch(/undefined|null|\{|，，| ,/);
    });
  },
);

it('every starter exists in both languages', () => {
  const keys = (locale: string) => STARTERS.filter((starter) => starter.locale === locale).map(({ key }) => key);
  expect(keys('zh-CN')).toEqual(keys('en'));
  expect(keys('en')).toHaveLength(10);
});
