/**
 * Labels under a country's top level that anybody can register below. DMARC wants the public suffix list; these are the
 * ones senders of mail have.
 */
const OPEN_SECOND_LEVELS = new Set(
  'com net org gov edu ac co or ne go mil sch idv asn id ltd plc me info biz firm gen ind nic web'.split(' '),
);
/** China's provinces, which are second levels too (bj.cn, sh.cn, …). */
const PROVINCES = new Set(
  'ah bj cq fj gd gs gx gz ha hb he hi hk hl hn jl js jx ln mo nm nx qh sc sd sh sn sx tj tw xj xz yn zj'.split(' '),
);

/** The domain that somebody registered, such as `brand.com.cn` for `news.shop.brand.com.cn`. */
export function organisationalDomain(domain: string): string {
  const labels = domain.toLowerCase().split('.');
  const [top = '', second = ''] = labels.toReversed();
  const open = top.length === 2 && (OPEN_SECOND_LEVELS.has(second) || (top === 'cn' && PROVINCES.has(second)));
  return labels.slice(open ? -3 : -2).join('.');
}

/** Identifier alignment (RFC 7489 section 3.1): the same domain, or relaxed the same organisational one. */
export function isAligned(one: string, other: string, strict = false): boolean {
  if (one.toLowerCase() === other.toLowerCase()) return true;
  return !strict && organisationalDomain(one) === organisationalDomain(other);
}
