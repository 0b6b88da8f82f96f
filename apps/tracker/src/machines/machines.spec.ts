import { LinkBursts } from './link-bursts.js';
import { MACHINE_RULES, isImageProxy, recogniseMachine } from './rules.js';

/** Agents of ordinary readers, as their apps and browsers send them. */
const PEOPLE: Record<string, string> = {
  'WeChat’s browser on Android':
    'Mozilla/5.0 (Linux; Android 14; 23127PN0CC Build/UKQ1.230804.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300473 MMWEBSDK/20241103 MicroMessenger/8.0.56.2800(0x28003855) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN',
  'WeChat’s browser on iPhone':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/4G Language/zh_CN',
  'WeChat for Windows':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0.0.0 Safari/537.36 NetType/WIFI MicroMessenger/7.0.20.1781(0x6700143B) WindowsWechat(0x63090c33) XWEB/14315',
  'QQ Mail for Android':
    'Mozilla/5.0 (Linux; Android 13; V2227A Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/6.2 TBS/046291 Mobile Safari/537.36 QQMail/android/6.5.4',
  'QQ’s browser on iPhone':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 QQ/9.1.5.611 V1_IPH_SQ_9.1.5_1_APP_A Pixel/1170 NetType/WIFI',
  'QQ Browser':
    'Mozilla/5.0 (Linux; U; Android 12; zh-cn; PDEM30 Build/SKQ1.210216.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/14.8 Mobile Safari/537.36',
  'NetEase Mail Master': 'Mail%20Master/7.21.4 CFNetwork/1568.300.101 Darwin/24.2.0',
  'Outlook for iOS':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Outlook-iOS/709.3274336.prod.iphone (4.2520.0)',
  'Outlook for Windows':
    'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; .NET4.0C; .NET4.0E; Microsoft Outlook 16.0.17928; ms-office; MSOffice 16)',
  'Outlook on the web':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
  Foxmail:
    'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36 Foxmail/7.2.25',
  'UC Browser':
    'Mozilla/5.0 (Linux; U; Android 13; zh-CN; M2012K11AC Build/TKQ1.220829.002) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UCBrowser/16.5.2.1315 Mobile Safari/537.36',
  'Huawei Browser':
    'Mozilla/5.0 (Linux; Android 12; HarmonyOS; ALN-AL00; HMSCore 6.13.0.302) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.196 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36',
  'Xiaomi Browser':
    'Mozilla/5.0 (Linux; U; Android 14; zh-cn; 23078RKD5C Build/UP1A.230905.011) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/118.0.0.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.9.70918',
  'OPPO Browser':
    'Mozilla/5.0 (Linux; U; Android 13; zh-cn; PGBM10 Build/TP1A.220905.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/115.0.5790.168 Mobile Safari/537.36 HeyTapBrowser/40.8.25.1',
  'a CUBOT telephone':
    'Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 21) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36',
  'iPhone Mail without its privacy proxy':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Apple Mail on a Mac without its privacy proxy':
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
  'Gmail on the web': 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  'Yahoo Mail': 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
  Thunderbird: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Thunderbird/140.3.0',
  'Samsung Internet':
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  '360 Safe Browser':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.95 Safari/537.36 QIHU 360SE',
  'DingTalk’s browser':
    'Mozilla/5.0 (Linux; U; Android 13; zh-CN; RMX3706 Build/TP1A.220905.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UWS/5.12.5.0 Mobile Safari/537.36 AliApp(DingTalk/7.6.55) com.alibaba.android.rimet/43917894',
};

describe('machine rules', () => {
  it.each(MACHINE_RULES.map((rule) => [rule.id, rule.sample] as const))('know %s by its sample', (id, sample) => {
    expect(recogniseMachine(sample)).toBe(id);
  });

  it.each(Object.entries(PEOPLE))('take %s for a person who opens', (_name, agent) => {
    expect(recogniseMachine({ method: 'GET', type: 'opened', headers: { 'user-agent': agent } })).toBeNull();
  });

  it.each(Object.entries(PEOPLE).filter(([, agent]) => !isImageProxy(agent)))(
    'take %s for a person who clicks',
    (_name, agent) => {
      expect(recogniseMachine({ method: 'GET', type: 'clicked', headers: { 'user-agent': agent } })).toBeNull();
    },
  );

  it('take an app’s picture loader for its reader, but not for one who clicks', () => {
    const agent = { 'user-agent': 'Dalvik/2.1.0 (Linux; U; Android 13; V2227A Build/TP1A.220624.014)' };
    expect(recogniseMachine({ method: 'GET', type: 'opened', headers: agent })).toBeNull();
    expect(recogniseMachine({ method: 'GET', type: 'clicked', headers: agent })).toBe('app-library');
  });

  it.each([
    ['curl/8.5.0', 'http-library'],
    ['Go-http-client/1.1', 'http-library'],
    ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 'crawler'],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      'crawler',
    ],
    ['TelegramBot (like TwitterBot)', 'crawler'],
    ['Mozilla/5.0 (compatible; SandboxLinkScanner/1.0; mail security gateway)', 'security-gateway'],
  ])('know %s', (agent, rule) => {
    expect(recogniseMachine({ method: 'GET', type: 'clicked', headers: { 'user-agent': agent } })).toBe(rule);
  });

  it('read no more of an agent than they need', () => {
    const agent = `Mozilla/5.0 ${'x'.repeat(100_000)} Googlebot`;
    expect(recogniseMachine({ method: 'GET', type: 'clicked', headers: { 'user-agent': agent } })).toBeNull();
  });
});

describe('LinkBursts', () => {
  it('know who follows a third link within two seconds of the second, until they pause', () => {
    const bursts = new LinkBursts();
    expect([bursts.add('1.1', 0, 0), bursts.add('1.1', 1, 1_000), bursts.add('1.1', 2, 2_900)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(bursts.add('1.1', 3, 3_000)).toBe(true);
    expect(bursts.add('1.1', 4, 5_100)).toBe(false);
  });

  it('let people click the same link again, and two links, and other people theirs', () => {
    const bursts = new LinkBursts();
    for (const at of [0, 100, 200, 300]) expect(bursts.add('1.1', 0, at)).toBe(false);
    expect(bursts.add('1.1', 1, 400)).toBe(false);
    for (const seq of [2, 3, 4]) expect(bursts.add(`1.${seq}`, seq, 400)).toBe(false);
  });
});
