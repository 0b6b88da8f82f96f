import { SAMPLE_MERGE_DATA, SAMPLE_URLS, compileContent, createRenderer } from '#engine/render';
import { STARTERS } from './index.js';

describe.each(STARTERS.map((starter) => [`${starter.key} (${starter.locale})`, starter] as const))(
  'starter %s',
  (_, starter) => {
    it('compiles without a problem, offers a way out, and stays well below the size at which mail is clipped', async () => {
      const compiled = await compileContent(starter, { trackLinks: true });
      expect(compiled).toMatchObject({ ok: true, content: { problems: [] } });
      if (!compiled.ok) return;
      const mail = createRenderer(compiled.content).render(SAMPLE_MERGE_DATA, SAMPLE_URLS);
      expect(mail.html).toContain(SAMPLE_URLS.unsubscribe);
      expect(mail.text).toContain(SAMPLE_URLS.unsubscribe);
      expect(mail.html).toContain('[if mso');
      expect(mail.html).not.toMatch(/fonts\.googleapis|<link /);
      expect(Buffer.byteLength(mail.html ?? '')).toBeLessThan(40_000);
    });

    it('reads well without any data', async () => {
      const compiled = await compileContent(starter, { trackLinks: true });
      if (!compiled.ok) throw new Error('does not compile');
      const nobody = { ...SAMPLE_MERGE_DATA, name: '', fields: {} };
      const mail = createRenderer(compiled.content).render(nobody, SAMPLE_URLS);
      expect(`${mail.subject} ${mail.text}`).not.toMatch(/undefined|null|\{\{|，，| ,/);
    });
  },
);

it('every starter exists in both languages', () => {
  const keys = new Set(STARTERS.map((starter) => starter.key));
  for (const key of keys) {
    expect(
      STARTERS.filter((starter) => starter.key === key)
        .map((starter) => starter.locale)
        .sort(),
    ).toEqual(['en', 'zh-CN']);
  }
});
