/** How a mail program or browser names itself; the first rule that fits decides. */
export interface ClientRule {
  client: string;
  /** An agent as it really is; the rule has to recognise it before any other does. */
  sample: string;
  /** In lower case; any of them, unless `not` is there too. */
  words: readonly string[];
  not?: readonly string[];
}

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

export const CLIENT_RULES: readonly ClientRule[] = [
  {
    client: 'gmail',
    sample: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    words: ['googleimageproxy', 'ggpht.com'],
  },
  { client: 'yahoo', sample: 'YahooMailProxy; https://help.yahoo.com/kb/SLN28749.html', words: ['yahoomailproxy'] },
  {
    client: 'wecom',
    sample: `${WINDOWS} Chrome/107.0.0.0 Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1`,
    words: ['wxwork'],
  },
  { client: 'wechat', sample: `${IPHONE} Mobile/15E148 MicroMessenger/8.0.50`, words: ['micromessenger'] },
  { client: 'dingtalk', sample: `${IPHONE} Mobile/15E148 DingTalk/7.6.0`, words: ['dingtalk'] },
  { client: 'feishu', sample: `${WINDOWS} Chrome/122.0 Safari/537.36 Lark/7.20.8`, words: ['lark/', 'feishu'] },
  { client: 'qqmail', sample: `${IPHONE} Mobile/15E148 QQMail/6.6.1`, words: ['qqmail'] },
  { client: 'foxmail', sample: 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Foxmail 7.2)', words: ['foxmail'] },
  { client: 'netease', sample: `${IPHONE} Mobile/15E148 NeteaseMailMaster/7.19`, words: ['mailmaster', 'neteasemail'] },
  {
    client: 'thunderbird',
    sample: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0',
    words: ['thunderbird'],
  },
  {
    client: 'outlook',
    sample: 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; Microsoft Outlook 16.0.17328)',
    words: ['outlook', 'msoffice', 'ms-office', 'microsoft office'],
  },
  {
    client: 'samsung',
    sample: 'Mozilla/5.0 (Linux; Android 14; SM-S918B) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36',
    words: ['samsung'],
  },
  // Apple's mail programs load pictures as a bare web view: the engine without a browser's name.
  {
    client: 'apple-mail',
    sample: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
    words: ['mac os x'],
    not: ['safari/', 'chrome/', 'crios', 'fxios', 'firefox', 'edg'],
  },
  {
    client: 'edge',
    sample: `${WINDOWS} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
    words: ['edg/', 'edga/', 'edgios/', 'edge/'],
  },
  {
    client: 'firefox',
    sample: 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0',
    words: ['firefox/', 'fxios'],
  },
  { client: 'chrome', sample: `${WINDOWS} Chrome/141.0.0.0 Safari/537.36`, words: ['chrome/', 'crios'] },
  { client: 'safari', sample: `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`, words: ['safari/'] },
];
