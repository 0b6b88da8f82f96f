/**
 * Labelled mail: a folder with a `labels.jsonl` (and, where there is one, a `negatives.jsonl`), one JSON object a line.
 * What a row says decides how it is scored, not where it comes from: a row with `expected_reply` is a reply, one with
 * `kind` says the kind, one with `reason` alone is a recipient of a bounce in Sisimai's words.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { bounceGroup } from '#contracts';
import type { BounceGroup, BounceReason, InboundKind } from '#contracts';
import { KIND_OF_WORD, findMail, readRows } from './label-rows.js';
import type { Row } from './label-rows.js';

/** What one recipient of a bounce should be read as. */
export interface ExpectedRecipient {
  /** null where the label names nobody: whoever is found is meant. */
  address: string | null;
  reason: string;
  group: BounceGroup;
  /** undefined: the label does not say. */
  hard?: boolean;
  status?: string;
  replyCode?: string;
}

/** What one mail should be read as. */
export interface ExpectedMail {
  /** Path of the file. */
  file: string;
  /** Path below the scored folder, for reports. */
  name: string;
  set: string;
  /** Every kind that is right; [] where none is said: the mail must end in time and act on nobody. */
  kinds: InboundKind[];
  /** Exact set of addresses; null where it is not said. */
  recipients: string[] | null;
  each: ExpectedRecipient[];
  /** Whatever it is read as, it must suppress nobody and take nobody off a list. */
  actsOnNobody: boolean;
}

/** What a person wrote. */
export interface ExpectedReply {
  name: string;
  set: string;
  /** The text itself, or the path of its file. */
  source: { text: string } | { file: string };
  reply: string;
}

export interface Labels {
  mails: ExpectedMail[];
  replies: ExpectedReply[];
  /** Rows that could be used; the other mails are only read. */
  labelled: number;
  /** What is wrong with rows, each with its file and line. */
  problems: string[];
}

/** Reasons of the labels that are kinds of ours. */
const KIND_OF_REASON: Record<string, InboundKind[]> = {
  feedback: ['complaint'],
  vacation: ['auto-reply'],
  delivered: ['other'],
};
/** These may leave the list or be suppressed; nothing else may. */
const MAY_ACT: ReadonlySet<InboundKind> = new Set(['bounce', 'complaint', 'unsubscribe']);

/** Reads every labelled mail below `folder`, whose subfolders may have labels of their own. */
export function readLabels(folder: string): Labels {
  const labels: Labels = { mails: [], replies: [], labelled: 0, problems: [] };
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
  for (const list of files.filter((file) => /^(?:labels|negatives)\.jsonl$/.test(basename(file))).sort()) {
    const rows = readRows(list, labels.problems);
    labels.labelled += rows.length;
    addRows(labels, rows, dirname(list), folder);
  }
  const labelled = new Set([
    ...labels.mails.map(({ file }) => file),
    ...labels.replies.map(({ source }) => ('file' in source ? source.file : '')),
  ]);
  // Mail that nobody labelled must still end in time.
  for (const file of files.filter((file) => /\.(?:eml|mbox|msg|mime)$/.test(file) && !labelled.has(file)).sort()) {
    labels.mails.push(mailOf(file, relative(folder, file), [{ set: dirname(relative(folder, file)) }]));
  }
  return labels;
}

function addRows(labels: Labels, rows: Row[], folder: string, top: string): void {
  const byFile = new Map<string, Row[]>();
  for (const [index, row] of rows.entries()) {
    const file = row.file === undefined ? null : findMail(row.file, folder);
    if (typeof row['expected_reply'] === 'string') {
      const source = typeof row['text'] === 'string' ? { text: row['text'] } : file && { file };
      const name = row.file ?? String(row['id'] ?? `row ${index + 1}`);
      if (source) labels.replies.push({ name, set: row.set ?? '', source, reply: row['expected_reply'] });
    } else if (file) byFile.set(file, [...(byFile.get(file) ?? []), row]);
  }
  for (const [file, list] of byFile) labels.mails.push(mailOf(file, relative(top, file), list));
}

function mailOf(file: string, name: string, rows: Row[]): ExpectedMail {
  const [row = {}] = rows;
  const kinds = kindsOf(row);
  const isBounce = kinds.some((kind) => kind === 'bounce' || kind === 'delay');
  const set = row.set || /([^/]*)\/[^/]*$/.exec(name)?.[1] || '';
  return {
    file,
    name,
    set,
    kinds,
    recipients: isBounce ? recipientsOf(rows) : null,
    each: isBounce ? rows.filter((one) => typeof one['reason'] === 'string').flatMap(eachOf) : [],
    actsOnNobody: !kinds.some((kind) => MAY_ACT.has(kind)),
  };
}

function kindsOf({ kind, reason }: Row): InboundKind[] {
  if (typeof kind === 'string') return [KIND_OF_WORD[kind] ?? (kind as InboundKind)];
  // Sisimai's labels do not tell a bounce from a delay.
  return typeof reason === 'string' ? (KIND_OF_REASON[reason] ?? ['bounce', 'delay']) : [];
}

function recipientsOf(rows: Row[]): string[] | null {
  const [row = {}] = rows;
  const listed = [row['recipients'], row['permanent'], row['temporary']].filter((list) => Array.isArray(list)).flat();
  if (listed.length > 0) return listed as string[];
  const named = rows.flatMap(({ recipient }) => (typeof recipient === 'string' ? [recipient] : []));
  if (named.length > 0) return named;
  return row['kind'] === 'bounce-no-address' ? [] : null;
}

function eachOf(row: Row): ExpectedRecipient[] {
  const reason = String(row['reason']);
  const expected = {
    reason,
    group: bounceGroup(reason as BounceReason),
    hard: typeof row['hardbounce'] === 'boolean' ? row['hardbounce'] : undefined,
    status: row['deliverystatus_is_pseudo'] ? undefined : textOf(row['deliverystatus']),
    replyCode: textOf(row['replycode']),
  };
  const list = Array.isArray(row['recipients']) ? (row['recipients'] as string[]) : [row['recipient']];
  const addresses = list.length > 0 ? list : [null];
  return addresses.map((address) => ({ ...expected, address: typeof address === 'string' ? address : null }));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
