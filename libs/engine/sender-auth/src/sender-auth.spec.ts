import { expectedRecords, isAligned, judgeRecord, organisationalDomain, spfMechanismFor, statusOf } from './index.js';
import type { RecordKind } from './index.js';

const KEY = `v=DKIM1; k=rsa; p=${'MIIBIjANBgkq'.repeat(32)}`;
const RECORDS = expectedRecords({
  domain: 'brand.com.cn',
  keys: [{ selector: 'hy1', state: 'active', record: KEY }],
  mechanisms: ['include:spf.mail.qq.com'],
  returnPaths: ['bounces.brand.com.cn', 'bounces.elsewhere.org'],
  inboundHost: 'mail.brand.com.cn',
  trackingHost: 't.brand.com.cn',
});

/** The code for what the DNS answers. */
const judge = (kind: RecordKind, values: string[]) => {
  const record = RECORDS.find((each) => each.kind === kind);
  return judgeRecord(record!, { ok: true, values });
};

it.each([
  ['brand.com', 'brand.com'],
  ['news.shop.brand.com.cn', 'brand.com.cn'],
  ['mail.firma.co.uk', 'firma.co.uk'],
  ['a.firm.sh.cn', 'firm.sh.cn'],
  ['a.b.de', 'b.de'],
])('the organisational domain of %s is %s', (domain, organisation) => {
  expect(organisationalDomain(domain)).toBe(organisation);
});

it('aligns a subdomain unless the policy is strict', () => {
  expect(isAligned('news.brand.com.cn', 'brand.com.cn')).toBe(true);
  expect(isAligned('news.brand.com.cn', 'brand.com.cn', true)).toBe(false);
  expect(isAligned('brand.com.cn', 'other.com.cn')).toBe(false);
});

it('names the records to publish, return paths only of the same organisation', () => {
  expect(RECORDS.map(({ kind, type, name }) => [kind, type, name])).toEqual([
    ['dkim', 'TXT', 'hy1._domainkey.brand.com.cn'],
    ['spf', 'TXT', 'brand.com.cn'],
    ['spf', 'TXT', 'bounces.brand.com.cn'],
    ['dmarc', 'TXT', '_dmarc.brand.com.cn'],
    ['return-path', 'MX', 'bounces.brand.com.cn'],
    ['tracking', 'A', 't.brand.com.cn'],
  ]);
});

it.each<[RecordKind, string[], string, string]>([
  ['dkim', [KEY], 'ok', 'DKIM_OK'],
  ['dkim', [KEY.replaceAll('; ', ' ;')], 'ok', 'DKIM_OK'],
  ['dkim', [], 'missing', 'DKIM_MISSING'],
  ['dkim', ['google-site-verification=x'], 'wrong', 'DKIM_NO_KEY'],
  ['dkim', ['v=DKIM1; p='], 'wrong', 'DKIM_REVOKED'],
  ['dkim', [KEY.slice(0, 255)], 'wrong', 'DKIM_CUT'],
  ['dkim', ['v=DKIM1; k=rsa; p=AAAA'], 'wrong', 'DKIM_OTHER_KEY'],
  ['dkim', [KEY, KEY], 'wrong', 'DKIM_SEVERAL'],
  ['spf', ['v=spf1 include:spf.mail.qq.com ~all'], 'ok', 'SPF_OK'],
  ['spf', ['hello', 'V=SPF1 ip4:1.2.3.4 -all'], 'wrong', 'SPF_LACKS'],
  ['spf', ['v=spf1 include:spf.mail.qq.com +all'], 'wrong', 'SPF_ALLOWS_ALL'],
  ['spf', ['v=spf1 a ~all', 'v=spf1 mx ~all'], 'wrong', 'SPF_SEVERAL'],
  ['spf', [`v=spf1 ${'include:a.cn '.repeat(11)}~all`], 'wrong', 'SPF_TOO_MANY_LOOKUPS'],
  ['spf', ['v=spf10 a'], 'missing', 'SPF_MISSING'],
  ['dmarc', ['v=DMARC1; p=reject; rua=mailto:a@b.cn'], 'ok', 'DMARC_OK'],
  ['dmarc', ['v=DMARC1;'], 'wrong', 'DMARC_NO_POLICY'],
  ['dmarc', ['v=spf1 -all'], 'missing', 'DMARC_MISSING'],
  ['return-path', ['mail.brand.com.cn'], 'ok', 'RETURN_PATH_OK'],
  ['return-path', ['mx.elsewhere.org'], 'unsure', 'RETURN_PATH_ELSEWHERE'],
  ['tracking', [], 'missing', 'TRACKING_MISSING'],
])('%s, case %#', (kind, values, state, code) => {
  expect(judge(kind, values)).toMatchObject({ state, code });
});

it('proposes the SPF record that is there with what it lacks', () => {
  expect(judge('spf', ['v=spf1 ip4:1.2.3.4 -all']).value).toBe('v=spf1 ip4:1.2.3.4 include:spf.mail.qq.com -all');
  expect(judge('spf', []).value).toBe('v=spf1 include:spf.mail.qq.com ~all');
});

it('can’t tell whether a server that is not named is allowed by its address', () => {
  const spf = { kind: 'spf', type: 'TXT', name: 'b.cn', value: '', mechanisms: ['a:smtp.b.cn'] } as const;
  const state = (txt: string) =>
    judgeRecord({ ...spf, mechanisms: [...spf.mechanisms] }, { ok: true, values: [txt] }).state;
  expect([state('v=spf1 ip4:1.2.3.4 -all'), state('v=spf1 mx -all'), state('v=spf1 a:smtp.b.cn -all')]).toEqual([
    ...['unsure', 'wrong', 'ok'],
  ]);
  expect([spfMechanismFor('smtp.exmail.qq.com'), spfMechanismFor('smtp.b.cn')]).toEqual([
    ...['include:spf.mail.qq.com', 'a:smtp.b.cn'],
  ]);
});

it('a silent DNS makes nothing wrong', () => {
  const judged = RECORDS.map((record) => judgeRecord(record, { ok: false, detail: 'ETIMEOUT' }));
  expect(new Set(judged.map(({ state }) => state))).toEqual(new Set(['unanswered']));
  expect(statusOf(judged)).toBe('unchecked');
});

it('a domain is verified when nothing is wrong, partly while only its signature holds', () => {
  const of = (dkim: 'ok' | 'missing', dmarc: 'ok' | 'missing') =>
    statusOf([
      { kind: 'dkim', state: dkim },
      { kind: 'dmarc', state: dmarc },
      { kind: 'dkim-next', state: 'missing' },
      { kind: 'spf', state: 'unsure' },
    ]);
  expect([of('ok', 'ok'), of('ok', 'missing'), of('missing', 'ok')]).toEqual(['verified', 'partly', 'unverified']);
});
