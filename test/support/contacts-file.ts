import iconv from 'iconv-lite';

/** Rows that are no addresses. */
export const BAD_ADDRESSES = ['不是邮箱', 'no-at.example.com', '@nobody.test', 'two@@signs.test', 'space in@name.test'];

/**
 * A list as Excel on a Chinese Windows saves it, in GB18030: names, addresses and cities; amid them five rows that are no
 * addresses and one that repeats the first address.
 */
export function gb18030Contacts(people: number, addressOf: (index: number) => string): Buffer {
  const rows = Array.from({ length: people }, (_, index) => `客户${index + 1},${addressOf(index)},杭州`);
  const bad = BAD_ADDRESSES.map((address) => `错误,${address},上海`);
  rows.splice(Math.floor(people / 2), 0, ...bad, `重复,${addressOf(0)},北京`);
  return iconv.encode(`姓名,邮箱,标签\r\n${rows.join('\r\n')}\r\n`, 'gb18030');
}

/** The first react by name, some are at providers with a pace of their own, the others only take their mail. */
export function simulatedAddress(index: number): string {
  const reacting = ['open', 'click', 'hard-bounce', 'mailbox-full', 'reply', 'complaint'][index];
  if (reacting) return `${reacting}@simulator.test`;
  const provider = ['qq.test', '163.test', 'gmail.test', 'corp.test'][index % 4]!;
  return index < 100 ? `kehu${index + 1}@${provider}` : `success-${index + 1}@simulator.test`;
}
