/**
 * Floors over real mail of other projects, where the collection lies beside the checkout. The labels are theirs; the
 * floors stand a little under what is reached, so that a change that loses mail fails here. `npm run score:inbound`
 * prints the same with every miss.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cpuMs } from '#platform/testing';
import { readMail } from './index.js';
import { visibleReply } from '#engine/reply';
import { readLabels } from './testing/labels.js';
import { Scorecard } from './testing/scorecard.js';
import { KNOWN_MAIL, standings } from './testing/targets.js';

const CORPORA = fileURLToPath(new URL('../../../../../shared/corpora/', import.meta.url));

/** What must not be lost again, by measure. */
const FLOORS: Record<string, number> = {
  'bounces found': 0.99,
  recipients: 0.97,
  reason: 0.94,
  group: 0.96,
  hard: 0.97,
  status: 0.98,
  'reply code': 0.97,
  chinese: 1,
  'acts on nobody': 1,
  'kind complaint': 1,
  'kind auto-reply': 1,
  'kind mdn': 1,
  'reply reply-discourse-trimmer': 0.97,
  'reply reply-talon': 0.96,
  'reply reply-zh': 1,
  'reply legacy': 0.93,
};

const read = (raw: Buffer) => Promise.resolve(readMail(raw, { recipients: [], sender: null }));

if (existsSync(CORPORA)) describe('mail of other projects', scoreEverything);

function scoreEverything(): void {
  const card = new Scorecard();
  beforeAll(async () => {
    const { mails, replies } = readLabels(CORPORA);
    for (const mail of mails) await card.addMail(mail, read);
    for (const reply of replies) card.addReply(reply);
  });

  it.each(Object.entries(FLOORS))('%s: at least %d', (measure, floor) => {
    expect(card.share(measure)).toBeGreaterThanOrEqual(floor);
  });

  it('meets every target', () => {
    expect(standings(card, KNOWN_MAIL).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('reads every mail within a second', () => {
    for (const { file, name } of readLabels(CORPORA).mails) {
      const raw = readFileSync(file);
      const ms = cpuMs(() => readMail(raw, { recipients: [], sender: null }));
      expect([name, ms < 1_000]).toEqual([name, true]);
    }
  });

  it('cuts the quotation of 767 kB that hangs other parsers in milliseconds', () => {
    const text = readFileSync(`${CORPORA}/replies/reply-github/email_long_quote.txt`, 'utf8');
    expect(cpuMs(() => visibleReply(text))).toBeLessThan(200);
  });
}

describe('the collection', () => {
  it('is scored where it lies beside the checkout, and our own fixtures are always', () => {
    expect(existsSync(new URL('./fixtures/postfix-unknown.eml', import.meta.url))).toBe(true);
  });
});
