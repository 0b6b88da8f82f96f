import { isReservedDomain } from '#engine/address';
import { isAligned, organisationalDomain } from './domains.js';
import { judgeSpf, suggestSpf } from './spf.js';
import { readTags } from './tags.js';

export type RecordKind = 'dkim' | 'dkim-next' | 'spf' | 'dmarc' | 'return-path' | 'tracking';
export type RecordType = 'TXT' | 'MX' | 'A';

/** A record to publish, and what it is judged by. */
export interface ExpectedRecord {
  kind: RecordKind;
  type: RecordType;
  name: string;
  /** What to publish; empty where only its presence counts. */
  value: string;
  /** SPF: what has to be in it. */
  mechanisms?: string[];
}

/** What the DNS says about one name: TXT strings joined, exchangers, or addresses. */
export type DnsAnswer = { ok: true; values: string[] } | { ok: false; detail: string };

/** `unsure`: there, but whether it is right can't be told from the DNS alone. */
export type RecordState = 'ok' | 'missing' | 'wrong' | 'unsure' | 'unanswered' | 'unchecked';

export interface JudgedRecord extends Omit<ExpectedRecord, 'mechanisms'> {
  state: RecordState;
  /** Stable; the UI words it. */
  code: string;
  params: Record<string, string | number>;
  /** What the DNS says now, at most a few values. */
  found: string[];
}

/** What a domain's records are made of. */
export interface DomainSetUp {
  domain: string;
  keys: { selector: string; state: 'active' | 'next'; record: string }[];
  /** What allows its SMTP servers to send. */
  mechanisms: string[];
  /** Domains bounces come back to, where they belong to the same organisation. */
  returnPaths: string[];
  /** Who takes mail for them; a name only this machine knows is none. */
  inboundHost: string;
  trackingHost: string;
}

/** The records to publish for a domain, in the order a person works through them. */
export function expectedRecords(setUp: DomainSetUp): ExpectedRecord[] {
  const { domain, keys, mechanisms, returnPaths, inboundHost, trackingHost } = setUp;
  const spf = (name: string): ExpectedRecord => ({
    ...{ kind: 'spf', type: 'TXT', name, mechanisms },
    value: suggestSpf([], mechanisms),
  });
  const ownReturnPaths = returnPaths.filter((name) => isAligned(name, domain));
  return [
    ...keys.map(({ selector, state, record }): ExpectedRecord => ({
      kind: state === 'active' ? 'dkim' : 'dkim-next',
      type: 'TXT',
      name: `${selector}._domainkey.${domain}`,
      value: record,
    })),
    spf(domain),
    ...ownReturnPaths.filter((name) => name !== domain).map(spf),
    { kind: 'dmarc', type: 'TXT', name: `_dmarc.${domain}`, value: 'v=DMARC1; p=none' },
    ...ownReturnPaths.map((name): ExpectedRecord => ({
      ...{ kind: 'return-path', type: 'MX', name, value: isLocal(inboundHost) ? '' : `10 ${inboundHost}` },
    })),
    { kind: 'tracking', type: 'A', name: trackingHost, value: '' },
  ];
}

/** Where the policy of a domain without one of its own stands (RFC 7489 section 6.6.3). */
export function dmarcFallbackName(domain: string): string | null {
  const organisation = organisationalDomain(domain);
  return organisation === domain ? null : `_dmarc.${organisation}`;
}

const FOUND_MAX = 5;
const FOUND_LENGTH = 600;

/** One record against the answer of the DNS. */
export function judgeRecord(record: ExpectedRecord, answer: DnsAnswer): JudgedRecord {
  const { mechanisms = [], ...shown } = record;
  const of = (state: RecordState, code: string, params: JudgedRecord['params'] = {}): JudgedRecord => ({
    ...{ ...shown, state, code, params },
    found: answer.ok ? answer.values.slice(0, FOUND_MAX).map((value) => value.slice(0, FOUND_LENGTH)) : [],
  });
  if (record.kind === 'tracking' && isLocal(record.name)) return of('wrong', 'TRACKING_LOCAL');
  if (!answer.ok) return of('unanswered', 'DNS_SILENT', { detail: answer.detail.slice(0, 200) });
  switch (record.kind) {
    case 'dkim':
    case 'dkim-next':
      return judgeDkim(record.value, answer.values, of);
    case 'spf': {
      const verdict = judgeSpf(answer.values, mechanisms);
      const judged = of(SPF_STATES[verdict.code], verdict.code, 'params' in verdict ? verdict.params : {});
      // Only what is about SPF is of interest here; other TXT records of the domain are not.
      const found = judged.found.filter((txt) => /^v=spf1/i.test(txt));
      return { ...judged, found, value: suggestSpf(answer.values, mechanisms) };
    }
    case 'dmarc':
      return judgeDmarc(answer.values, of);
    case 'return-path':
      return judgeReturnPath(record.value, answer.values, of);
    case 'tracking':
      return answer.values.length > 0 ? of('ok', 'TRACKING_OK') : of('missing', 'TRACKING_MISSING');
  }
}

/** Only this machine, or nobody, can follow links to such a host. */
function isLocal(host: string): boolean {
  return !host.includes('.') || host.startsWith('127.') || isReservedDomain(host);
}

type Verdict = (state: RecordState, code: string, params?: JudgedRecord['params']) => JudgedRecord;

const SPF_STATES: Record<ReturnType<typeof judgeSpf>['code'], RecordState> = {
  SPF_OK: 'ok',
  SPF_MISSING: 'missing',
  SPF_SEVERAL: 'wrong',
  SPF_TOO_MANY_LOOKUPS: 'wrong',
  SPF_ALLOWS_ALL: 'wrong',
  SPF_LACKS: 'wrong',
  SPF_PERHAPS_LACKS: 'unsure',
};

/** RFC 6376 section 3.6.1. */
function judgeDkim(wanted: string, values: string[], of: Verdict): JudgedRecord {
  const records = values.map(readTags).filter((tags) => tags.has('p'));
  if (records.length === 0) {
    return values.length === 0 ? of('missing', 'DKIM_MISSING') : of('wrong', 'DKIM_NO_KEY');
  }
  if (records.length > 1) return of('wrong', 'DKIM_SEVERAL', { count: records.length });
  const published = records[0]?.get('p') ?? '';
  const own = readTags(wanted).get('p') ?? '';
  if (published === own) return of('ok', 'DKIM_OK');
  if (published === '') return of('wrong', 'DKIM_REVOKED');
  // Panels cut at 255 characters where the value was not split into strings.
  if (own.startsWith(published)) {
    return of('wrong', 'DKIM_CUT', { length: published.length, wanted: own.length });
  }
  return of('wrong', 'DKIM_OTHER_KEY');
}

/** RFC 7489 section 6.3. */
function judgeDmarc(values: string[], of: Verdict): JudgedRecord {
  const records = values.filter((txt) => /^v\s*=\s*DMARC1\s*(;|$)/i.test(txt));
  if (records.length === 0) return of('missing', 'DMARC_MISSING');
  if (records.length > 1) return of('wrong', 'DMARC_SEVERAL', { count: records.length });
  const tags = readTags(records[0] ?? '');
  const policy = tags.get('p')?.toLowerCase();
  if (policy !== 'none' && policy !== 'quarantine' && policy !== 'reject') return of('wrong', 'DMARC_NO_POLICY');
  return of('ok', 'DMARC_OK', { policy });
}

function judgeReturnPath(wanted: string, values: string[], of: Verdict): JudgedRecord {
  const host = wanted.split(' ')[1] ?? '';
  if (values.length === 0) return of('missing', 'RETURN_PATH_MISSING');
  if (values.includes(host)) return of('ok', 'RETURN_PATH_OK');
  return of('unsure', 'RETURN_PATH_ELSEWHERE', { host: values[0] ?? '' });
}

export const DOMAIN_STATUSES = ['unchecked', 'verified', 'partly', 'unverified'] as const;
export type DomainStatus = (typeof DOMAIN_STATUSES)[number];

/** `verified`: signed mail passes DMARC and nothing is wrong; `partly`: the signature holds, something else does not. */
export function statusOf(records: readonly Pick<JudgedRecord, 'kind' | 'state'>[]): DomainStatus {
  const state = (kind: RecordKind) => records.find((record) => record.kind === kind)?.state ?? 'unchecked';
  if (state('dkim') === 'unchecked' || state('dkim') === 'unanswered') return 'unchecked';
  if (state('dkim') !== 'ok') return 'unverified';
  const bad = records.some(({ kind, state: each }) => kind !== 'dkim-next' && (each === 'missing' || each === 'wrong'));
  return bad ? 'partly' : 'verified';
}
