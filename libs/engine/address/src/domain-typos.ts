/**
 * Frequent slips of the fingers in the domains of large mailbox providers: [typed, meant]. Not here: names
 * under which many people do have mail (so no `mail.com`, `ymail.com` or `qq.cn`).
 */
export const DOMAIN_TYPOS: ReadonlyArray<readonly [typed: string, meant: string]> = [
  // someone@gamil.com
  ['gamil.com', 'gmail.com'],
  ['gmial.com', 'gmail.com'],
  ['gmai.com', 'gmail.com'],
  ['gmal.com', 'gmail.com'],
  ['gmil.com', 'gmail.com'],
  ['gnail.com', 'gmail.com'],
  ['gmail.con', 'gmail.com'],
  ['gmail.cm', 'gmail.com'],
  ['gmail.cn', 'gmail.com'],
  // 12345@qq.con
  ['qq.con', 'qq.com'],
  ['qq.cm', 'qq.com'],
  ['qq.co', 'qq.com'],
  ['qq.com.cn', 'qq.com'],
  ['qqq.com', 'qq.com'],
  ['vip.qq.con', 'vip.qq.com'],
  ['foxmial.com', 'foxmail.com'],
  ['foxmail.con', 'foxmail.com'],
  // someone@163.con
  ['163.con', '163.com'],
  ['163.cm', '163.com'],
  ['163.co', '163.com'],
  ['136.com', '163.com'],
  ['126.con', '126.com'],
  ['126.cm', '126.com'],
  ['yeah.con', 'yeah.net'],
  ['yeah.com', 'yeah.net'],
  ['sina.con', 'sina.com'],
  ['sian.com', 'sina.com'],
  ['aliyun.con', 'aliyun.com'],
  ['139.con', '139.com'],
  // someone@hotmial.com
  ['hotmial.com', 'hotmail.com'],
  ['hotmai.com', 'hotmail.com'],
  ['hotmail.con', 'hotmail.com'],
  ['outlok.com', 'outlook.com'],
  ['outloook.com', 'outlook.com'],
  ['outlook.con', 'outlook.com'],
  ['yaho.com', 'yahoo.com'],
  ['yahooo.com', 'yahoo.com'],
  ['yahoo.con', 'yahoo.com'],
  ['iclould.com', 'icloud.com'],
  ['icoud.com', 'icloud.com'],
  ['icloud.con', 'icloud.com'],
];

const MEANT = new Map(DOMAIN_TYPOS);

/** The domain probably meant by a mistyped one, e.g. `gmail.com` for `gamil.com`; null when it looks right. */
export function suggestDomain(domain: string): string | null {
  return MEANT.get(domain.toLowerCase()) ?? null;
}
