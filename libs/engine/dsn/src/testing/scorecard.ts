import { readFileSync } from 'node:fs';
import type { InboundRecipient, InboundVerdict } from '#contracts';
import { visibleReply, visibleReplyOfHtml } from '#engine/reply';
import { walkMail } from '../structure.js';
import type { ExpectedMail, ExpectedRecipient, ExpectedReply } from './labels.js';

/** Something that was read otherwise than its label says. */
export interface Miss {
  measure: string;
  name: string;
  expected: string;
  got: string;
  /** Rule that decided. */
  rule: string;
}

/** Reads one mail; rejects when it passes its limits of time or memory. */
export type ReadMail = (raw: Buffer) => Promise<InboundVerdict>;

/** Reasons the labels treat as one. */
const SAME: Record<string, string> = {
  toomanyconn: 'ratelimited',
  speeding: 'ratelimited',
  contenterror: 'notcompliantrfc',
  exceedlimit: 'mesgtoobig',
};
const same = (reason: string): string => SAME[reason] ?? reason;
const keys = (addresses: string[]): string => [...new Set(addresses.map((one) => one.toLowerCase()))].sort().join(' ');
const words = (text: string): string => text.replace(/\s/g, '');

/** Counts of one measure. */
interface Tally {
  right: number;
  all: number;
}

/** How labelled mail is read: shares by measure, and every miss. The one scorer of `score:inbound` and of the tests. */
export class Scorecard {
  readonly misses: Miss[] = [];
  private readonly tallies = new Map<string, Tally>();

  /** Share of what was right of a measure; null where nothing was asked of it. */
  share(measure: string): number | null {
    const { right, all } = this.count(measure);
    return all === 0 ? null : right / all;
  }

  count(measure: string): Tally {
    return this.tallies.get(measure) ?? { right: 0, all: 0 };
  }

  get measures(): string[] {
    return [...this.tallies.keys()];
  }

  /** Reads one mail and compares the verdict with its label, unit (mail, recipient). */
  async addMail(expected: ExpectedMail, read: ReadMail): Promise<void> {
    let verdict: InboundVerdict;
    try {
      verdict = await read(readFileSync(expected.file));
    } catch (error) {
      this.note('in time', false, expected.name, ['a verdict', (error as Error).message, 'none']);
      return;
    }
    this.note('in time', true, expected.name, ['', '', '']);
    this.addKind(expected, verdict);
    if (expected.recipients) {
      const [want, got] = [keys(expected.recipients), keys(verdict.recipients.map(({ address }) => address))];
      this.note('recipients', want === got, expected.name, [want, got, verdict.rule]);
    }
    for (const one of expected.each) this.addRecipient(expected, one, verdict);
    if (/(?:^|-)zh/.test(expected.set) && expected.each.length > 0) this.addWhole(expected, verdict);
  }

  addReply(expected: ExpectedReply): void {
    const got = 'text' in expected.source ? visibleReply(expected.source.text) : replyOfFile(expected.source.file);
    const { name, set, reply } = expected;
    this.note(`reply ${set}`, words(got) === words(reply), name, [reply, got, 'visible reply']);
  }

  private addKind({ name, kinds, actsOnNobody }: ExpectedMail, verdict: InboundVerdict): void {
    const got: [string, string] = [
      `${verdict.kind} ${keys(verdict.recipients.map((one) => one.address))}`,
      verdict.rule,
    ];
    if (actsOnNobody) this.note('acts on nobody', !acts(verdict), name, [kinds[0] ?? 'nobody is touched', ...got]);
    const [kind] = kinds;
    if (!kind) return;
    const right = kind === 'other' ? !acts(verdict) : kinds.includes(verdict.kind);
    const measure = kind === 'bounce' || kind === 'delay' ? 'bounces found' : `kind ${kind}`;
    this.note(measure, right, name, [kinds.join(' or '), ...got]);
  }

  private addRecipient(expected: ExpectedMail, want: ExpectedRecipient, verdict: InboundVerdict): void {
    const got = find(verdict, expected, want);
    const name = want.address ? `${expected.name} ${want.address}` : expected.name;
    const rule = got?.rule ?? verdict.rule;
    const note = (measure: string, right: boolean, label: string, value: string | undefined) =>
      this.note(measure, right, name, [label, `${value ?? 'not found'}: ${got?.diagnostic.slice(0, 160) ?? ''}`, rule]);
    note('reason', got !== undefined && same(got.reason) === same(want.reason), want.reason, got?.reason);
    note('group', got?.group === want.group, want.group, got?.group);
    if (want.hard !== undefined && want.group !== 'unknown') {
      note('hard', got !== undefined && isHard(got) === want.hard, String(want.hard), got && String(isHard(got)));
    }
    if (want.status !== undefined) {
      note('status', (got?.status ?? '') === want.status, want.status, got?.status ?? '');
    }
    if (want.replyCode !== undefined) {
      const code = String(got?.replyCode ?? '');
      note('reply code', code === want.replyCode, want.replyCode, code);
    }
  }

  /** Kind, recipients and every reason, all at once. */
  private addWhole(expected: ExpectedMail, verdict: InboundVerdict): void {
    const right =
      expected.kinds.includes(verdict.kind) &&
      (!expected.recipients || keys(expected.recipients) === keys(verdict.recipients.map((one) => one.address))) &&
      expected.each.every((want) => same(find(verdict, expected, want)?.reason ?? '') === same(want.reason));
    const said = verdict.recipients.map(({ address, reason }) => `${address} ${reason}`).join(', ');
    const want = expected.each.map(({ address, reason }) => `${address ?? ''} ${reason}`).join(', ');
    this.note('chinese', right, expected.name, [want, `${verdict.kind} ${said}`, verdict.rule]);
  }

  private note(
    measure: string,
    right: boolean,
    name: string,
    [expected, got, rule]: [expected: string, got: string, rule: string],
  ): void {
    const { right: before, all } = this.count(measure);
    this.tallies.set(measure, { right: before + (right ? 1 : 0), all: all + 1 });
    if (!right) this.misses.push({ measure, name, expected, got, rule });
  }
}

function find(verdict: InboundVerdict, expected: ExpectedMail, want: ExpectedRecipient): InboundRecipient | undefined {
  const named = verdict.recipients.find((one) => one.address === want.address?.toLowerCase());
  return named ?? (expected.each.length === 1 ? verdict.recipients[0] : undefined);
}

/** Whether the verdict would touch somebody if it were trusted. */
function acts({ kind }: InboundVerdict): boolean {
  return kind === 'bounce' || kind === 'complaint' || kind === 'unsubscribe';
}

function isHard({ reason, replyCode, status }: InboundRecipient): boolean {
  if (['userunknown', 'hostunknown', 'hasmoved'].includes(reason)) return true;
  return reason === 'notaccept' && !(String(replyCode ?? status ?? '5').startsWith('4') && replyCode !== null);
}

function replyOfFile(file: string): string {
  const raw = readFileSync(file);
  if (file.endsWith('.html')) return visibleReplyOfHtml(raw.toString('utf8'));
  if (!file.endsWith('.eml')) return visibleReply(raw.toString('utf8'));
  const { texts, htmls } = walkMail(raw);
  const written = texts.find((part) => part.text.trim() !== '');
  return written ? visibleReply(written.text) : visibleReplyOfHtml(htmls[0] ?? '');
}
