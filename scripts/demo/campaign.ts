import { setTimeout as sleep } from 'node:timers/promises';
import { makeAddressBook, MAPPING } from './contacts.js';
import { CONTENT, FROM } from './content.js';
import { DemoError } from './options.js';
import type { DemoOptions } from './options.js';
import { ApiProblem } from './public-api.js';
import type { PublicApi } from './public-api.js';
import { LiveLine, bar, count, dim, step } from './terminal.js';

interface Import {
  id: string;
  status: string;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  duplicates: number;
  invalid: number;
  error: { message: string } | null;
}
/** GET /campaigns/:id/report, as far as the demo reads it. */
export interface Report {
  status: string;
  counts: Record<string, number>;
  exclusions: { reason: string; count: number }[];
  opens: Record<'human' | 'machine', { unique: number }>;
  clicks: Record<'human' | 'machine', { unique: number }>;
  autoReplied: number;
  links: { url: string; human: { unique: number } }[];
  bounceReasons: { reason: string; kind: string; count: number; sample: string }[];
  providers: {
    provider: string;
    prepared: number;
    accepted: number;
    bounced: number;
    opened: number;
    clicked: number;
  }[];
}

const POLL_MS = 500;
/** Nothing new for so long, and all has come back: the slowest simulated reader takes six seconds. */
const QUIET_MS = 10_000;

/** Fields, a list and the address book as a CSV upload. */
export async function importContacts(
  api: PublicApi,
  { contacts, timeoutMs }: DemoOptions,
): Promise<{ listId: string }> {
  await ensureFields(api);
  const stamp = new Date().toLocaleString('sv-SE').slice(0, 19);
  const list = await api.post<{ id: string; name: string }>('/lists', { name: `演示 Demo ${stamp}` });
  const book = makeAddressBook(contacts);
  const started = performance.now();
  const { id } = await api.upload<Import>(`/lists/${list.id}/imports`, 'customers.csv', book.csv, {
    mapping: MAPPING,
    consent: { source: 'npm run demo', text: '演示数据 generated for the demo' },
  });
  const live = new LiveLine();
  let run = await api.get<Import>(`/imports/${id}`);
  while (run.status === 'queued' || run.status === 'running') {
    if (performance.now() - started > timeoutMs) throw new DemoError(`The import did not end in time (${run.status}).`);
    live.show(`Importing  ${bar(run.created + run.updated + run.unchanged, contacts)}  ${count(run.rows)} rows`);
    await sleep(POLL_MS);
    run = await api.get<Import>(`/imports/${id}`);
  }
  live.clear();
  if (run.status !== 'done') throw new DemoError(`The import ended as ${run.status}: ${run.error?.message ?? ''}`);
  const known = run.updated + run.unchanged;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  step(
    'Contacts imported',
    `${count(run.rows)} rows in ${seconds} s: ${count(run.created)} new${known > 0 ? `, ${count(known)} known` : ''}, ` +
      `${run.duplicates} duplicate, ${run.invalid} invalid (GET /imports/${id}/errors.csv)`,
  );
  const wrong =
    run.created + known !== book.valid || run.duplicates !== book.duplicates || run.invalid !== book.invalid;
  if (wrong) {
    throw new DemoError(
      `The import should have found ${book.valid} contacts, ${book.duplicates} duplicates and ${book.invalid} invalid rows.`,
    );
  }
  return { listId: list.id };
}

async function ensureFields(api: PublicApi): Promise<void> {
  const fields = [
    ['company', '公司 Company', 'text'],
    ['city', '城市 City', 'text'],
    ['points', '积分 Points', 'number'],
    ['member', '会员 Member', 'boolean'],
  ];
  for (const [key, label, type] of fields) {
    await api.post('/fields', { key, label, type }).catch((error: unknown) => {
      if (!(error instanceof ApiProblem) || error.status !== 409) throw error;
    });
  }
}

/** A template from the first starter in each language, a campaign of its own, and a test of it. */
export async function writeCampaign(api: PublicApi, listId: string): Promise<{ id: string }> {
  const starters = await api.get<{ items: Record<string, unknown>[] }>('/templates/starters');
  const starter = starters.items.find(({ locale }) => locale === 'zh-CN') ?? starters.items[0];
  if (!starter) throw new DemoError('There is no starter template.');
  const { name, subject, preheader, document } = starter;
  await api.post('/templates', { name: `${String(name)}（演示 demo）`, subject, preheader, document });
  step('Template made', `from the starter “${String(name)}”`);

  const campaign = await api.post<{ id: string }>('/campaigns', {
    name: `秋季新书 Autumn books · ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`,
    from: FROM,
    content: CONTENT,
    audience: { lists: [listId] },
  });
  const test = await api.post<{ results: { ok: boolean; text: string }[] }>(`/campaigns/${campaign.id}/test`, {
    to: ['success+test@simulator.test'],
  });
  const failed = test.results.find(({ ok }) => !ok);
  if (failed) throw new DemoError(`The test message was not taken: ${failed.text}`);
  const { ready, items } = await api.get<{ ready: boolean; items: { severity: string; message: string }[] }>(
    `/campaigns/${campaign.id}/checklist`,
  );
  if (!ready) throw new DemoError(`The campaign can't start: ${items.map(({ message }) => message).join(' ')}`);
  step('Campaign written', `“${CONTENT.subject}” · test sent · checklist clear`);
  return campaign;
}

/** What a send came to. */
export interface Sent {
  report: Report;
  /** Highest id in the sandbox' log before the start. */
  logMark: number;
  /** From the start to the last message accepted at the first try, and to `sent`. */
  seconds: number;
  /** Accepted a second while most of it was on its way. */
  rate: number;
}

/** Starts the campaign and watches until it is sent and what comes back has settled. */
export async function sendCampaign(api: PublicApi, id: string, timeoutMs: number): Promise<Sent> {
  const newest = await api.get<{ items: { id: string }[] }>('/sandbox/messages?limit=1');
  const logMark = Number(newest.items[0]?.id ?? 0);
  const started = performance.now();
  await api.post(`/campaigns/${id}/start`);
  const watch = new Watch(api, id, started + timeoutMs);
  const sent = await watch.until('sent', ({ status }) => status === 'sent');
  const seconds = (performance.now() - started) / 1000;
  step(
    'Campaign sent',
    `${count(sent.counts.accepted ?? 0)} accepted in ${seconds.toFixed(1)} s, ${watch.rate()} a second at full speed`,
  );
  const report = await watch.untilQuiet();
  step('Answers are in', 'bounces, complaints, replies, opens, clicks and unsubscriptions have come back');
  return { report, logMark, seconds, rate: watch.rate() };
}

/** Polls the report, shows a line of it, and measures the pace. */
class Watch {
  private readonly live = new LiveLine();
  private readonly marks: { at: number; accepted: number }[] = [];

  constructor(
    private readonly api: PublicApi,
    private readonly id: string,
    private readonly deadline: number,
  ) {}

  async until(what: string, done: (report: Report) => boolean): Promise<Report> {
    for (;;) {
      const report = await this.read();
      if (done(report)) {
        this.live.clear();
        return report;
      }
      if (!['sending', 'sent'].includes(report.status)) throw new DemoError(`The campaign is ${report.status}.`);
      if (performance.now() > this.deadline) {
        this.live.clear();
        throw new DemoError(await this.whyLate(what, report));
      }
      this.live.show(line(report, this.pace()));
      await sleep(POLL_MS);
    }
  }

  /** Waits until no count has changed for a while. */
  async untilQuiet(): Promise<Report> {
    let last = '';
    let since = performance.now();
    return this.until('quiet', (report) => {
      const state = JSON.stringify([report.counts, report.opens, report.clicks, report.autoReplied]);
      if (state !== last) [last, since] = [state, performance.now()];
      return performance.now() - since > QUIET_MS;
    });
  }

  /** Messages a second over the stretch in which the middle 80 % were accepted. */
  rate(): number {
    const total = this.marks.at(-1)?.accepted ?? 0;
    const from = this.marks.findLast((mark) => mark.accepted <= total * 0.1);
    const to = this.marks.find((mark) => mark.accepted >= total * 0.75);
    if (!from || !to || to.at <= from.at) return 0;
    return Math.round(((to.accepted - from.accepted) / (to.at - from.at)) * 1000);
  }

  private async read(): Promise<Report> {
    const report = await this.api.get<Report>(`/campaigns/${this.id}/report`);
    this.marks.push({ at: performance.now(), accepted: report.counts.accepted ?? 0 });
    return report;
  }

  private pace(): number {
    const now = this.marks.at(-1);
    const before = this.marks.findLast((mark) => now !== undefined && now.at - mark.at >= 3_000) ?? this.marks[0];
    if (!now || !before || now.at <= before.at) return 0;
    return Math.round(((now.accepted - before.accepted) / (now.at - before.at)) * 1000);
  }

  private async whyLate(what: string, { counts }: Report): Promise<string> {
    const open =
      counts.deferred || counts.pending
        ? `${count(counts.pending ?? 0)} are still to be sent, ${count(counts.deferred ?? 0)} of them wait for a retry`
        : 'counts still change';
    const page = await this.api.get<{ items: { email: string; attempts: { text: string }[] }[] }>(
      `/campaigns/${this.id}/recipients?event=deferred&limit=1`,
    );
    const example = page.items[0];
    const words = example?.attempts.at(-1)?.text;
    return (
      `Not ${what} in the time given (--timeout, in minutes): ${open}.` +
      (words ? `\nFor example ${example?.email}: ${words}` : '') +
      `\nThe campaign goes on by itself; its report: GET /api/v1/campaigns/${this.id}/report`
    );
  }
}

function line({ status, counts }: Report, pace: number): string {
  const n = (name: string) => counts[name] ?? 0;
  const settled = n('accepted') + n('rejected') + n('expired') + n('skipped') + n('uncertain');
  if (status === 'sent') {
    return (
      `Coming back  ${count(n('bounced'))} bounced · ${n('complained')} complaints · ${n('replied')} replies · ` +
      `${count(n('opened'))} opened · ${count(n('clicked'))} clicked · ${n('unsubscribed')} unsubscribed`
    );
  }
  const waits = n('deferred') > 0 ? ` · ${count(n('deferred'))} wait for a retry` : '';
  const refused = n('rejected') > 0 ? ` · ${count(n('rejected'))} refused` : '';
  return `Sending  ${bar(settled, n('prepared'))}  ${count(settled)} / ${count(n('prepared'))} · ${pace}/s${refused}${dim(waits)}`;
}
