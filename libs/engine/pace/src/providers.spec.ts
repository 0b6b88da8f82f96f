import { parseAddress } from '#engine/address';
import { PROVIDER_DOMAINS, providerOf } from './index.js';

describe('providerOf', () => {
  it.each([
    ['gmail.com', 'gmail'],
    ['HOTMAIL.co.uk', 'outlook'],
    ['aol.com', 'yahoo'],
    ['foxmail.com', 'qq'],
    ['vip.163.com', 'netease'],
    ['yeah.net', 'netease'],
    ['sina.cn', 'sina'],
    ['139.com', '139'],
    ['189.cn', '189'],
    ['qq.test', 'qq'],
    ['163.test', 'netease'],
    ['gmail.test', 'gmail'],
    ['outlook.test', 'outlook'],
    ['yahoo.test', 'yahoo'],
    ['sina.test', 'sina'],
    ['aliyun.test', 'aliyun'],
    ['simulator.test', 'sandbox'],
    ['example.com', 'other'],
    ['mail.gmail.com', 'other'],
    ['notqq.com', 'other'],
    ['__proto__', 'other'],
  ])('knows who runs %s', (domain, provider) => {
    expect(providerOf(domain)).toBe(provider);
  });

  it('names each domain once, as a canonical address has it', () => {
    const domains = PROVIDER_DOMAINS.map(({ domain }) => domain);
    expect(new Set(domains).size).toBe(domains.length);
    for (const { domain, provider } of PROVIDER_DOMAINS) {
      expect(parseAddress(`a@${domain}`)).toMatchObject({ ok: true, value: { domain } });
      expect(providerOf(domain)).toBe(provider);
    }
  });
});
