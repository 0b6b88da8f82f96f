import { parseAddress } from '#engine/address';
import { PROVIDERS, PROVIDER_DOMAINS, paceAfterSlowDown, paceUnit, providerOf, providerOfExchangers } from './index.js';

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

describe('providerOfExchangers', () => {
  it.each([
    ['mxbiz1.qq.com', 'exmail'],
    ['mxdomain.qq.com', 'exmail'],
    ['qiye163mx01.mxmail.netease.com', 'netease-qiye'],
    ['mxn.mxhichina.com', 'aliyun-qiye'],
    ['mx1.qiye.aliyun.com.', 'aliyun-qiye'],
    ['ASPMX.L.GOOGLE.COM', 'google-workspace'],
    ['contoso-com.mail.protection.outlook.com', 'microsoft-365'],
    ['outlook-com.olc.protection.outlook.com', 'outlook'],
    ['mx1.feishu.cn', 'feishu'],
    ['mx1.larksuite.com', 'feishu'],
    ['mx.icoremail.net', 'coremail'],
    ['mxw.263.net', '263'],
    ['mta5.am0.yahoodns.net', 'yahoo'],
    ['mail.a-company.example', 'other'],
    ['notqq.com', 'other'],
    ['', 'other'],
  ])('knows who runs a domain behind %s', (name, provider) => {
    expect(providerOfExchangers([name])).toBe(provider);
  });

  it('goes by the first name that it knows', () => {
    expect(providerOfExchangers(['mail.own.example', 'mx1.feishu.cn', 'mxbiz1.qq.com'])).toBe('feishu');
    expect(providerOfExchangers([])).toBe('other');
  });

  it('names each end once', () => {
    const ends = Object.values(PROVIDERS).flatMap(({ mx }) => mx);
    expect(new Set(ends).size).toBe(ends.length);
  });
});

describe('what is paced together', () => {
  it('is a provider, and in the long tail a domain', () => {
    expect(paceUnit('qq', '10001@qq.com')).toBe('qq');
    expect(paceUnit('other', 'Li@Shop.Example')).toBe('shop.example');
  });

  it('begins again slowly after a complaint, whatever the unit is called', () => {
    expect(paceAfterSlowDown('qq')).toBe(PROVIDERS.qq.afterSlowDown);
    expect(paceAfterSlowDown('shop.example')).toBe(PROVIDERS.other.afterSlowDown);
    expect(paceAfterSlowDown('constructor')).toBe(PROVIDERS.other.afterSlowDown);
  });
});
