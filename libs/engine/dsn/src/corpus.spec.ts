/**
 * Floors over real mail of other projects, where the collection lies beside the checkout. The labels are theirs; the
 * floors stand a little under what is reached, so that a change that loses mail fails here.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { bounceGroup } from '#contracts';
import { cpuMs } from '#platform/testing';
import { readMail, walkMail } from './index.js';
import { visibleReply, visibleReplyOfHtml } from '#engine/reply';
import type { BounceReason, InboundRecipient, InboundVerdict } from '#contracts';

const CORPORA = new URL('../../../../../shared/corpora/', import.meta.url);
const present = existsSync(CORPORA);

interface Row {
  file: string;
  set: string;
  kind?: string;
  recipient?: string | null;
  recipients?: string[];
  permanent?: string[];
  temporary?: string[];
  reason?: string;
  hardbounce?: boolean;
  deliverystatus?: string;
  deliverystatus_is_pseudo?: boolean;
  replycode?: string;
}

function rows<T>(file: string): T[] {
  const text = readFileSync(new URL(file, CORPORA), 'utf8').trim();
  return text.split('\n').map((line) => JSON.parse(line) as T);
}

function read(file: string): InboundVerdict {
  return readMail(readFileSync(new URL(file, CORPORA)), { recipients: [], sender: null });
}

/** Share of `ok` among what was counted. */
class Score {
  private right = 0;
  private all = 0;
  add(ok: boolean): void {
    this.all++;
    if (ok) this.right++;
  }
  get share(): number {
    return this.all === 0 ? 0 : this.right / this.all;
  }
}

/** Reasons the collection treats as one. */
const SAME: Record<string, string> = {
  toomanyconn: 'ratelimited',
  speeding: 'ratelimited',
  contenterror: 'notcompliantrfc',
  exceedlimit: 'mesgtoobig',
};
const same = (reason: string): string => SAME[reason] ?? reason;
const keys = (addresses: string[]): string => [...new Set(addresses.map((one) => one.toLowerCase()))].sort().join(' ');

function bySisimaiFile(): Map<string, Row[]> {
  const files = new Map<string, Row[]>();
  for (const row of rows<Row>('bounces/labels.jsonl')) {
    if (row.set === 'sisimai') files.set(row.file, [...(files.get(row.file) ?? []), row]);
  }
  return files;
}

function find(verdict: InboundVerdict, rowsOfFile: Row[], row: Row): InboundRecipient | undefined {
  const named = verdict.recipients.find((one) => one.address === row.recipient?.toLowerCase());
  return named ?? (rowsOfFile.length === 1 ? verdict.recipients[0] : undefined);
}

if (present) describe('mail of other projects', scoreEverything);

function scoreEverything(): void {
  it('finds bounces with recipients, reasons, groups and numbers of the Sisimai set', () => {
    const score = {
      kind: new Score(),
      recipients: new Score(),
      reason: new Score(),
      group: new Score(),
      hard: new Score(),
      status: new Score(),
      code: new Score(),
    };
    for (const [file, list] of bySisimaiFile()) {
      if (['feedback', 'vacation', 'delivered'].includes(list[0]?.reason ?? '')) continue;
      const verdict = read(file);
      score.kind.add(verdict.kind === 'bounce' || verdict.kind === 'delay');
      score.recipients.add(
        keys(verdict.recipients.map((one) => one.address)) === keys(list.map((row) => row.recipient ?? '')),
      );
      for (const row of list) {
        const got = find(verdict, list, row);
        const group = bounceGroup(row.reason as BounceReason);
        score.reason.add(got !== undefined && same(got.reason) === same(row.reason ?? ''));
        score.group.add(got?.group === group);
        if (group !== 'unknown') score.hard.add(got !== undefined && isHard(got) === row.hardbounce);
        if (!row.deliverystatus_is_pseudo) score.status.add((got?.status ?? '') === row.deliverystatus);
        score.code.add(String(got?.replyCode ?? '') === row.replycode);
      }
    }

    expect(score.kind.share).toBeGreaterThan(0.99);
    expect(score.recipients.share).toBeGreaterThan(0.95);
    expect(score.reason.share).toBeGreaterThan(0.93);
    expect(score.group.share).toBeGreaterThan(0.955);
    expect(score.hard.share).toBeGreaterThan(0.965);
    expect(score.status.share).toBeGreaterThan(0.97);
    expect(score.code.share).toBeGreaterThan(0.965);
  });

  it('finds every recipient of the older free-form set and tells delays from bounces', () => {
    const kind = new Score();
    const recipients = new Score();
    for (const row of rows<Row>('bounces/labels.jsonl').filter(({ set }) => set === 'flufl-bounce')) {
      const verdict = read(row.file);
      kind.add(verdict.kind === row.kind?.replace('-no-address', ''));
      recipients.add(
        keys(verdict.recipients.map((one) => one.address)) ===
          keys([...(row.permanent ?? []), ...(row.temporary ?? [])]),
      );
    }

    expect(kind.share).toBe(1);
    expect(recipients.share).toBe(1);
  });

  it('reads complaints and automatic answers of the Sisimai set as such', () => {
    for (const [file, [row]] of bySisimaiFile()) {
      if (row?.reason === 'feedback') expect([file, read(file).kind]).toEqual([file, 'complaint']);
      if (row?.reason === 'vacation') expect([file, read(file).kind]).toEqual([file, 'auto-reply']);
    }
  });

  it('gets every Chinese bounce wholly right', () => {
    for (const row of rows<Row>('bounces/labels.jsonl').filter(({ set }) => set === 'zh-bounce')) {
      const verdict = read(row.file);
      expect([row.file, verdict.kind]).toEqual([row.file, row.kind]);
      expect(verdict.recipients.map((one) => one.reason)).toEqual(verdict.recipients.map(() => row.reason));
      if (row.recipients?.length) expect(keys(verdict.recipients.map((one) => one.address))).toBe(keys(row.recipients));
    }
  });

  it('suppresses nobody on ordinary and malformed mail, each within a second', () => {
    for (const { file, kind } of rows<{ file: string; kind: string }>('negatives.jsonl')) {
      const verdict = read(file);
      expect(cpuMs(() => read(file))).toBeLessThan(1_000);
      if (kind === 'other')
        expect([file, ['bounce', 'complaint', 'unsubscribe'].includes(verdict.kind)]).toEqual([file, false]);
      else expect([file, verdict.kind]).toEqual([file, kind]);
    }
    for (const folder of ['adv-stalwart', 'adv-mimekit']) {
      for (const name of readdirSync(new URL(`malformed/${folder}/`, CORPORA))) read(`malformed/${folder}/${name}`);
    }
  });

  it('keeps the visible reply of each set', () => {
    const sets = new Map<string, Score>();
    for (const row of rows<{ file?: string; text?: string; set: string; expected_reply: string }>(
      'replies/labels.jsonl',
    )) {
      const score = sets.get(row.set) ?? new Score();
      sets.set(row.set, score);
      const got = row.text === undefined ? replyOfFile(row.file ?? '') : visibleReply(row.text);
      score.add(got.replace(/\s/g, '') === row.expected_reply.replace(/\s/g, ''));
    }

    expect(sets.get('reply-discourse-trimmer')?.share).toBeGreaterThan(0.94);
    expect(sets.get('reply-talon')?.share).toBeGreaterThan(0.95);
    expect(sets.get('reply-zh')?.share).toBe(1);
    expect(sets.get('legacy')?.share).toBeGreaterThan(0.92);
  });

  it('cuts the quotation of 767 kB that hangs other parsers in milliseconds', () => {
    const text = readFileSync(new URL('replies/reply-github/email_long_quote.txt', CORPORA), 'utf8');
    expect(cpuMs(() => visibleReply(text))).toBeLessThan(200);
  });
}

describe('the collection', () => {
  it('is scored where it lies beside the checkout, and our own fixtures are always', () => {
    expect(existsSync(new URL('./fixtures/postfix-unknown.eml', import.meta.url))).toBe(true);
  });
});

function isHard({ reason, replyCode, status }: InboundRecipient): boolean {
  if (['userunknown', 'hostunknown', 'hasmoved'].includes(reason)) return true;
  return reason === 'notaccept' && !(String(replyCode ?? status ?? '5').startsWith('4') && replyCode !== null);
}

function replyOfFile(file: string): string {
  const raw = readFileSync(new URL(file, CORPORA));
  if (file.endsWith('.html')) return visibleReplyOfHtml(raw.toString('utf8'));
  if (!file.endsWith('.eml')) return visibleReply(raw.toString('utf8'));
  const { texts, htmls } = walkMail(raw);
  const written = texts.find((part) => part.text.trim() !== '');
  return written ? visibleReply(written.text) : visibleReplyOfHtml(htmls[0] ?? '');
}
